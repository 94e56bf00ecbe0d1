-- question  Which row stands today at the end of what began with each row that the import brought or replaced?
-- grain     root_id, fact_id
-- after     import/open_undo
create or replace temp table undo_link as
with recursive link as (
    select kind, fact_id as root_id, fact_id, 0 as depth
    from undo_fact
    where is_own or was_replaced
    union all
    select l.kind, l.root_id, f.fact_id, l.depth + 1
    from link l
    join undo_fact f on f.supersedes = l.fact_id and f.kind = l.kind
)

from link
