-- question  On which dates was the patient heard from in each course?
-- grain     episode_id
-- uses      summary/course_by_id as course
-- after     summary/touched_all
-- column    episode_id      varchar  the course
-- column    contact_on      date[]   every date with a score, milestone, note or event, in order
-- column    first_score_on  date     first score of any instrument
-- column    last_score_on   date     last score of any instrument
-- missing   no row: never heard from
with heard as (
    select coalesce(s.episode_id, c.episode_id) as episode_id, s.taken_on as heard_on, true as is_score
    from score s
    join course c on c.patient_id = s.patient_id and (c.episode_id = s.episode_id or c.performed_on is null)
    where s.retracted_at is null
    union all
    select episode_id, happened_on, false
    from milestone_event
    where retracted_at is null and patient_id in (select patient_id from touched)
    union all
    select episode_id, written_on, false
    from note
    where retracted_at is null and patient_id in (select patient_id from touched)
    union all
    select episode_id, happened_on, false
    from event
    where retracted_at is null and patient_id in (select patient_id from touched)
)

select
    episode_id,
    list_sort(list_distinct(list(heard_on))) as contact_on,
    min(heard_on) filter (where is_score) as first_score_on,
    max(heard_on) filter (where is_score) as last_score_on
from heard
group by episode_id
order by episode_id
