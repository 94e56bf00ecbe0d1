-- question  What happened, the newest first, of what is searched for?
-- grain     seq
-- param     since    timestamp  null  from when on, UTC; null: from the beginning
-- param     until    timestamp  null  before when; null: to the end
-- param     actor    varchar    null  who; null: everybody
-- param     event    varchar    null  what; null: everything
-- param     object   varchar    null  the key of what it was about; null: anything
-- param     most     bigint     100   how many rows
-- param     clinics  varchar[]  null  the clinics whose rows may be seen; null: all, those without a clinic too
-- param     with_keys  boolean  true  whether keys of patients may be seen, and searched for
-- column    seq          bigint     its number
-- column    happened_at  timestamp  UTC
-- column    event        varchar    what happened
-- column    label        varchar    in words
-- column    actor        varchar    who: the key of an account
-- column    role         varchar    in which role
-- column    clinic_id    varchar    for which clinic
-- column    object_kind  varchar    what kind of thing
-- column    object_key   varchar    its key; null of a patient for whoever may not see keys
-- column    result       varchar    how it ended
-- column    session      varchar    the beginning of the session's hash
-- column    address      varchar    the network that it came from
-- column    request_id   varchar    the request
-- column    found        bigint     how many rows were found in all
-- missing   no row: nothing of the kind is on record
select
    a.seq, a.happened_at, a.event, coalesce(k.label, a.event) as label, a.actor, a.role, a.clinic_id, a.object_kind,
    case when $with_keys or a.object_kind not in ('episode', 'patient') then a.object_key end as object_key, a.result,
    a.session, a.address, a.request_id, count(*) over () as found
from audit_event a
left join audit_kind k using (event)
where ($since is null or a.happened_at >= $since)
    and ($until is null or a.happened_at < $until)
    and ($actor is null or a.actor = $actor)
    and ($event is null or a.event = $event)
    and ($object is null or ($with_keys and a.object_key = $object))
    and ($clinics::varchar[] is null or list_contains($clinics::varchar[], a.clinic_id))
order by a.seq desc
limit $most
