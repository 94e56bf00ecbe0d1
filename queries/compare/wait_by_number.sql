-- question  When did each chosen procedure's patient reach a milestone, or what ended the wait for it?
-- grain     number
-- param     as_of      date     2026-11-23   which day is today, for the clinic
-- param     milestone  varchar  light_tasks  the milestone
-- frame     chosen  number integer, episode_id varchar
-- column    number    integer  the procedure, as numbered in the frame
-- column    duration  integer  days from the procedure to what came first; a milestone recorded before it was reached on day 0
-- column    outcome   integer  1 reached; 2 died; 3 next procedure or re-operation; 0 none of these up to the day, or until the patient left
-- column    is_told   boolean  anything is recorded of this milestone up to the day
-- missing   no row: it was last recorded as not for this patient, who never waited for it
-- source    milestone_status.csv (counts): not applicable leaves those at risk from day 0; dates are those of the report
with course as (
    select
        c.number, s.performed_on, s.died_on, s.withdrew_on,
        least(s.next_performed_on, list_min([
            e.happened_on for e in s.events if e.kind = 'reoperation' and e.happened_on > s.performed_on
        ])) as again_on,
        [m for m in s.milestones if m.milestone = $milestone and m.happened_on <= $as_of::date] as told
    from chosen c
    join episode_summary s on s.episode_id = c.episode_id
    where s.performed_on <= $as_of::date
),

placed as (
    select
        c.*,
        list_min([if(m.happened_on > c.performed_on, m.happened_on, c.performed_on)
            for m in c.told if m.status = 'achieved']) as reached_on,
        c.told[-1].status as last_status
    from course c
),

ended as (
    select
        p.*,
        least($as_of::date, p.withdrew_on, p.died_on, p.again_on, p.reached_on) as ends_on
    from placed p
    left join milestone_status n on n.status = p.last_status
    where p.reached_on is not null or coalesce(n.counts, true)
)

select
    number,
    greatest(ends_on - performed_on, 0)::integer as duration,
    case ends_on
        when reached_on then 1
        when died_on then 2
        when again_on then 3
        else 0
    end::integer as outcome,
    len(told) > 0 as is_told
from ended
order by number
