-- question  How long did each flag of a period wait to be seen, and from then to be acted on?
-- grain     episode_id, rule, subject, raised_on, stage
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- param     from_on     date     2025-11-24  first day of the period
-- param     clinic_id   varchar  null        one clinic, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      flag/run_in_period as period_flag
-- column    episode_id  varchar  the course
-- column    rule        varchar  a rule of data/reference/flag_rule.csv
-- column    subject     varchar  of a red flag its kind; else empty
-- column    raised_on   date     first day
-- column    stage       varchar  seen: from raised to seen; acted: from seen to acted on
-- column    days        double   how long; where it has not come to that, until it ended or until the day
-- column    is_done     boolean  it has come to that; else it counts as waiting so long
-- missing   no row: could not be seen, or for acted: was not seen, or dismissed
-- source    What still waits counts as waiting (Kaplan and Meier), so that a quick few don't hide the slow ones
select episode_id, rule, subject, raised_on, 'seen' as stage, days_to_seen as days, is_seen as is_done
from period_flag
where not was_over
union all
select episode_id, rule, subject, raised_on, 'acted', days_to_acted, state = 'acted'
from period_flag
where is_seen and days_to_acted is not null
order by episode_id, rule, subject, raised_on, stage
