-- question  Which links are there, of one patient or of all, and how do they stand?
-- grain     link_id
-- param     patient_id  varchar    null                 one patient, or null for all
-- param     clinics     varchar[]  null                 the clinics that may be seen, or null for all
-- param     now         timestamp  2026-11-23 08:00:00  UTC
-- param     most_wrong  bigint     5                    so many wrong tries lock a link
-- column    link_id      varchar    its id
-- column    patient_id   varchar    whose progress it shows
-- column    clinic_id    varchar    the patient's clinic
-- column    holder       varchar    of share_word
-- column    factor       varchar    of share_word
-- column    has_paper    boolean    whether a copy on paper may be had
-- column    created_at   timestamp  UTC
-- column    created_by   varchar    by whom
-- column    expires_at   timestamp  UTC
-- column    revoked_at   timestamp  UTC; null: it wasn't taken back
-- column    revoked_by   varchar    by whom
-- column    opens        bigint     how often it was opened
-- column    failures     bigint     how many tries were wrong
-- column    last_opened  timestamp  UTC; null: never
-- column    state        varchar    of share_word
-- missing   no row: none was made, or it ended long ago
with tried as (
    select
        link_id,
        count(*) filter (where outcome = 'right') as opens,
        count(*) filter (where outcome = 'wrong') as failures,
        max(tried_at) filter (where outcome = 'right') as last_opened
    from share_attempt
    where link_id is not null
    group by link_id
)

select
    l.link_id,
    l.patient_id,
    p.clinic_id,
    l.holder,
    l.factor,
    l.has_paper,
    l.created_at,
    l.created_by,
    l.expires_at,
    l.revoked_at,
    l.revoked_by,
    coalesce(t.opens, 0) as opens,
    coalesce(t.failures, 0) as failures,
    t.last_opened,
    case
        when l.revoked_at is not null then 'revoked'
        when l.expires_at <= $now then 'expired'
        when t.failures >= $most_wrong then 'locked'
        else 'open'
    end as state
from share_link l
join patient p on p.patient_id = l.patient_id and p.retracted_at is null
left join tried t using (link_id)
where ($patient_id is null or l.patient_id = $patient_id)
    and ($clinics::varchar[] is null or list_contains($clinics::varchar[], p.clinic_id))
order by l.created_at desc, l.link_id
