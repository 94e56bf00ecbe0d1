-- question  How did each goal of a course stand at two moments?
-- grain     goal_key
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     first       varchar  baseline    one moment
-- param     second      varchar  latest      the other; the earlier of the two is always the first
-- param     low         double   null        first day of the axis; null for all
-- param     high        double   null        last day of the axis; null for all
-- uses      patient/axis_of_course as axis
-- uses      patient/score_of_course as course_score
-- uses      patient/moment_of_course as moment
-- column    goal_key      varchar  the goal
-- column    words         varchar  the patient's own words, letter for letter
-- column    first_words   varchar  as last scored by then, or not set, or not scored
-- column    second_words  varchar  as last scored by then, or not scored
-- missing   no row: none set by the second moment
-- source    Scores of the goal up to the date of each moment
with span as (
    select min(on_date) as first_on, max(on_date) as second_on
    from moment
    where moment in ($first, $second)
),

stood as (
    select
        g.goal_key, g.words, g.set_on, g.due_on, p.first_on,
        last(t.label order by r.reviewed_on, r.recorded_at) filter (where r.reviewed_on <= p.first_on) as first_label,
        last(t.label order by r.reviewed_on, r.recorded_at) as second_label
    from axis a
    join goal g on g.patient_id = a.patient_id and g.episode_id = a.episode_id
    join span p on g.set_on <= p.second_on
    left join goal_review r
        on r.goal_key = g.goal_key and r.retracted_at is null and r.reviewed_on <= p.second_on
        and r.reviewed_on <= $as_of
    left join goal_status t on t.status = r.status
    where g.retracted_at is null and g.set_on <= $as_of
    group by all
)

select
    goal_key,
    words,
    case when set_on > first_on then 'not set yet' else coalesce(first_label, 'not scored') end as first_words,
    coalesce(second_label, 'not scored') as second_words
from stood
order by set_on, due_on, goal_key
