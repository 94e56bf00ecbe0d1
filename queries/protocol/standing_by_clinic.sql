-- question  Has a clinician signed each timeline for each clinic, and what it says today?
-- grain     timeline_version, clinic_id
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      protocol/digest_by_timeline as digest
-- column    timeline_version       varchar    the version of the timeline
-- column    clinic_id              varchar    the clinic; null stands for every clinic, those to come among them
-- column    clinic                 varchar    its name
-- column    content_digest         varchar    the hash of what the timeline says today
-- column    is_signed              boolean    whether a signature counts, of the clinic or of every clinic
-- column    is_lapsed              boolean    whether none counts only because something changed since it was given
-- column    signed_name            varchar    who signed, as typed; of the signature that counts, else of the lapsed one
-- column    signed_title           varchar    in which role
-- column    signed_at              timestamp  when, UTC
-- column    protocol_signature_id  varchar    the signature
-- missing   null in the last four: nobody has signed
with place as (
    select clinic_id, coalesce(name, clinic_id) as clinic
    from clinic
    where retracted_at is null and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
    union all
    select null, null
),

signed as (
    select s.*, s.content_digest = d.content_digest as counts
    from protocol_signature s
    join digest d using (timeline_version)
    where s.retracted_at is null
),

found as (
    select
        d.timeline_version,
        p.clinic_id,
        p.clinic,
        d.content_digest,
        arg_max(s, (s.counts, s.clinic_id is not null, s.recorded_at)) as best
    from digest d
    cross join place p
    left join signed s
        on s.timeline_version = d.timeline_version and (s.clinic_id is null or s.clinic_id = p.clinic_id)
    group by d.timeline_version, p.clinic_id, p.clinic, d.content_digest
)

select
    timeline_version,
    clinic_id,
    clinic,
    content_digest,
    coalesce(best.counts, false) as is_signed,
    coalesce(not best.counts, false) as is_lapsed,
    best.signed_name as signed_name,
    best.signed_title as signed_title,
    best.recorded_at as signed_at,
    best.protocol_signature_id as protocol_signature_id
from found
order by timeline_version, clinic nulls last, clinic_id
