-- question  What is worth knowing beside the verdict, as of a date?
-- grain     episode_id, as_of, rule
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/asked as asked
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- uses      status/milestone_by_course as milestone_state
-- uses      status/visit_by_course as visit
-- column    episode_id  varchar    the course
-- column    as_of       date       which day is today
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    since_on    date       when it began to hold
-- column    words       varchar[]  what its sentence is filled with
-- column    fact_ids    varchar[]  the facts behind it
-- missing   no row: the rule doesn't hold
-- source    Beside the verdict, never in it; silence counts from the procedure at the earliest
with late as (
    select
        episode_id, as_of,
        count(*) as late_count,
        max(late_since) as late_on,
        string_agg(label, ', ' order by expected_day) as labels,
        flatten(list(fact_ids)) as fact_ids
    from milestone_state
    where state = 'late'
    group by episode_id, as_of
),

medicine as (
    select s.episode_id, unnest(s.medications, recursive := true)
    from episode_summary s
    where s.episode_id in (select episode_id from asked)
),

summary as (
    select
        q.episode_id, q.as_of,
        greatest(s.performed_on, list_max([d for d in s.contact_on if d <= q.as_of])) as heard_on
    from asked q
    join episode_summary s using (episode_id)
)

select
    l.episode_id, l.as_of,
    'one_milestone_late' as rule,
    l.late_on as since_on,
    [l.late_count::varchar, l.labels] as words,
    l.fact_ids
from late l
join course c using (episode_id, as_of)
join threshold_row t using (timeline_version)
where l.late_count < t.late_milestones
union all
select
    c.episode_id,
    c.as_of,
    'opioid_beyond',
    c.performed_on + t.opioid_day::integer,
    [
        string_agg(distinct upper(left(m.drug, 1)) || substr(m.drug, 2), ', '),
        c.day::varchar,
        t.opioid_day::integer::varchar
    ],
    list(m.medication_id)
from course c
join threshold_row t using (timeline_version)
join medicine m
    on m.episode_id = c.episode_id
    and m.opioid
    and m.started_on <= c.as_of
    and coalesce(m.stopped_on > c.as_of, true)
where c.day > t.opioid_day
group by c.episode_id, c.as_of, c.performed_on, c.day, t.opioid_day
union all
select
    c.episode_id, c.as_of, 'silent', s.heard_on + t.silent_days::integer,
    [(c.as_of - s.heard_on)::varchar],
    []::varchar[]
from course c
join threshold_row t using (timeline_version)
join summary s using (episode_id, as_of)
where c.day >= 0 and c.later_on is null and c.as_of - s.heard_on >= t.silent_days
union all
select
    v.episode_id, v.as_of, 'visit_overdue', v.target_on,
    [v.label, strftime(v.target_on, '%-d %b %Y'), v.days_overdue::varchar],
    []::varchar[]
from visit v
join course c using (episode_id, as_of)
where v.state = 'overdue' and c.later_on is null
union all
select episode_id, as_of, 'later_procedure', later_on, [strftime(later_on, '%-d %b %Y')], []::varchar[]
from course
where later_on is not null
order by episode_id, as_of, rule
