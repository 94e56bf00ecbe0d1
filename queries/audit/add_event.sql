-- question  Put one event on record, after the last one.
-- grain     seq
-- param     happened_at  timestamp  2026-03-01 09:00:00  UTC
-- param     event        varchar    patient_viewed       what happened, of audit_kind
-- param     actor        varchar    u1                   who: an account's key, never a name
-- param     role         varchar    specialist           in which role
-- param     clinic_id    varchar    null                 for which clinic
-- param     object_kind  varchar    episode              what kind of thing it was about
-- param     object_key   varchar    k1                   its key, never a name or an id of a clinic
-- param     result       varchar    done                 done, denied or failed, or one word more
-- param     session      varchar    null                 the beginning of the session's hash
-- param     address      varchar    null                 the network that it came from
-- param     request_id   varchar    null                 the request
-- after     audit/define_hash
insert into audit_event
with head as (
    select
        coalesce(max(seq), 0) as seq,
        coalesce(arg_max(hash, seq), '') as hash
    from audit_event
    where seq >= (select coalesce(max(seq), 0) from audit_event)
),

said as (
    select
        h.seq + 1 as seq, $happened_at as happened_at, $event as event, $actor as actor, $role as role,
        $clinic_id as clinic_id, $object_kind as object_kind, $object_key as object_key, $result as result,
        $session as session, $address as address, $request_id as request_id, h.hash as previous_hash
    from head h
)

select
    *,
    audit_hash(
        previous_hash, seq, happened_at, event, actor, role, clinic_id, object_kind, object_key, result, session,
        address, request_id
    ) as hash
from said
