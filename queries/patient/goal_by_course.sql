-- question  Which goals has a patient set in a course, and how do they stand?
-- grain     goal_key
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- column    goal_key      varchar  the goal, the same over corrections
-- column    goal_id       varchar  its current row
-- column    words         varchar  the patient's own words, letter for letter
-- column    set_on        date     when it was set
-- column    due_on        date     when to look at it
-- column    status        varchar  as last scored; null before
-- column    label         varchar  the same in words
-- column    mark          varchar  the same as a mark
-- column    reviewed_on   date     when it was last scored
-- column    review_id     varchar  that score
-- column    review_words  varchar  what the patient said to it
-- column    is_settled    boolean  reached, or no longer wanted
-- column    is_due        boolean  its day has come, and it was not scored since nor settled before
-- missing   no row: none set
-- source    Facts known as of the date only
with scored as (
    select goal_key, arg_max(r, (r.reviewed_on, r.recorded_at)) as last
    from goal_review r
    where r.retracted_at is null and r.episode_id = $episode_id and r.reviewed_on <= $as_of
    group by goal_key
)

select
    g.goal_key,
    g.goal_id,
    g.words,
    g.set_on,
    g.due_on,
    t.status,
    t.label,
    t.mark,
    s.last.reviewed_on as reviewed_on,
    s.last.goal_review_id as review_id,
    s.last.words as review_words,
    coalesce(t.is_settled, false) as is_settled,
    g.due_on <= $as_of and not coalesce(t.is_settled, false) and coalesce(s.last.reviewed_on < g.due_on, true) as is_due
from episode_summary c
join goal g on g.patient_id = c.patient_id and g.episode_id = c.episode_id
left join scored s on s.goal_key = g.goal_key
left join goal_status t on t.status = s.last.status
where c.episode_id = $episode_id and g.retracted_at is null and g.set_on <= $as_of
order by is_due desc, is_settled, g.due_on, g.goal_key
