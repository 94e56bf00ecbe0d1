-- question  How many rows of each kind does an undo retract, restore and keep?
-- grain     kind
-- after     import/settle_undo
-- column    kind       varchar  the kind of fact
-- column    retracted  bigint   rows of the import that go
-- column    restored   bigint   rows that it had replaced or withdrawn and that come back
-- column    kept       bigint   rows of the import that stay, as staff have entered something that stands on them
-- missing   no row: nothing of the import is left
select
    kind,
    count(*) filter (where fate = 'retracted') as retracted,
    count(*) filter (where fate = 'restored') as restored,
    count(*) filter (where fate = 'kept') as kept
from undo_fate
group by kind
order by kind
