-- question  How many hours did each flag of a period wait at its clinic to be seen, and from then to be acted on?
-- grain     episode_id, rule, subject, raised_on, stage
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- param     from_on     date     2025-11-24  first day of the period
-- param     clinic_id   varchar  null        one clinic, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      flag/wait_by_run as waiting
-- column    episode_id  varchar  the course
-- column    rule        varchar  a rule of data/reference/flag_rule.csv
-- column    subject     varchar  of a red flag its kind; else empty
-- column    raised_on   date     first day
-- column    stage       varchar  seen: from raised to seen; acted: from seen to acted on
-- column    clinic_id   varchar  the patient's clinic
-- column    clinic      varchar  its name
-- column    hours       double   how long; where it has not come to that, until it ended or until the day
-- column    is_done     boolean  it has come to that; else it counts as waiting so long
-- missing   no row: could not be seen, or for acted: was not seen, or dismissed
-- source    flag/wait_by_run; what still waits counts as waiting
select
    w.episode_id, w.rule, w.subject, w.raised_on, w.stage,
    s.clinic_id,
    coalesce(c.name, s.clinic_id) as clinic,
    24 * w.days as hours,
    w.is_done
from waiting w
join episode_summary s on s.episode_id = w.episode_id
left join clinic c on c.clinic_id = s.clinic_id and c.retracted_at is null
order by clinic, s.clinic_id, w.episode_id, w.rule, w.subject, w.raised_on, w.stage
