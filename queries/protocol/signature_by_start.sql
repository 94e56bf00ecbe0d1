-- question  Which signatures were ever given to timelines, the newest first, and which of them count?
-- grain     protocol_signature_id
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      protocol/digest_by_timeline as digest
-- column    protocol_signature_id  varchar    the signature
-- column    timeline_version       varchar    what was signed
-- column    clinic_id              varchar    for which clinic; null is every clinic
-- column    signed_name            varchar    who signed, as typed
-- column    signed_title           varchar    in which role
-- column    recorded_by            varchar    the account
-- column    signed_at              timestamp  when, UTC
-- column    retracted_at           timestamp  when it was withdrawn, UTC
-- column    retracted_by           varchar    by which account
-- column    retracted_why          varchar    why
-- column    content_digest         varchar    the hash of what was signed
-- column    counts                 boolean    whether it is neither withdrawn nor of other content than today's
-- missing   no row: nobody has signed; retracted_… is null while it stands
select
    s.protocol_signature_id,
    s.timeline_version,
    s.clinic_id,
    s.signed_name,
    s.signed_title,
    s.recorded_by,
    s.recorded_at as signed_at,
    s.retracted_at,
    s.retracted_by,
    s.retracted_why,
    s.content_digest,
    coalesce(s.retracted_at is null and s.content_digest = d.content_digest, false) as counts
from protocol_signature s
left join digest d using (timeline_version)
where s.clinic_id is null or $clinics::varchar[] is null or list_contains($clinics::varchar[], s.clinic_id)
order by s.recorded_at desc, s.protocol_signature_id
