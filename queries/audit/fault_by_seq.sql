-- question  Which rows of the record were edited, removed, added between or moved?
-- grain     seq, fault
-- after     audit/define_hash
-- column    seq    bigint   the row, or the first one after what is missing
-- column    fault  varchar  edited, missing, repeated or unlinked
-- missing   no row: every row is as it was written, and none is missing before the last
with linked as (
    select
        *,
        lag(seq) over written as before_seq,
        lag(hash) over written as before_hash
    from audit_event
    window written as (order by seq, hash)
),

judged as (
    select
        seq,
        hash is distinct from audit_hash(
            previous_hash, seq, happened_at, event, actor, role, clinic_id, object_kind, object_key, result, session,
            address, request_id
        ) as is_edited,
        coalesce(before_seq, 0) + 1 < seq as is_missing,
        before_seq = seq as is_repeated,
        previous_hash is distinct from coalesce(before_hash, '') as is_unlinked
    from linked
)

select distinct
    seq,
    case
        when is_edited then 'edited'
        when is_missing then 'missing'
        when is_repeated then 'repeated'
        else 'unlinked'
    end as fault
from judged
where is_edited or is_missing or coalesce(is_repeated, false) or is_unlinked
order by seq, fault
