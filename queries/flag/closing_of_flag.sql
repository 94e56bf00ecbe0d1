-- question  Which closing event, recorded together with the last answer to a flag, ended it?
-- grain     event_id
-- param     as_of       date     2026-11-23      what is known on this day
-- param     episode_id  varchar  demo-0014       the course
-- param     rule        varchar  red_flag_event  the flag's rule
-- param     subject     varchar  calf            of a red flag its kind; else empty
-- param     raised_on   date     2026-11-20      the flag's first day
-- uses      flag/action_by_run as flag_step
-- column    event_id  varchar  the event
-- missing   no row: no answer closed it
select e.event_id
from flag_step f
join event e on e.episode_id = f.episode_id and e.recorded_at = f.recorded_at and e.retracted_at is null
join event_kind k on k.kind = e.kind and k.closes is not null
where f.rule = $rule
    and f.subject = $subject
    and f.raised_on = $raised_on
    and coalesce(e.detail, f.subject) = f.subject
order by e.event_id
