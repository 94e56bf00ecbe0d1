-- question  Which attention rules hold for each course on each date that matters, and for which reason?
-- grain     episode_id, as_of, rule, subject, is_at_once
-- param     patient_ids  varchar[]  null  these patients' courses, or null for all
-- uses      status/asked as asked
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- uses      status/hit_closed as hit_closed
-- uses      status/open_red_flag as open_flag
-- uses      status/raised_by_reading as raised_rise
-- uses      status/rise_by_reading as rise
-- uses      status/hit_new_problem as hit_new_problem
-- uses      status/hit_slower as hit_slower
-- instead   flag/date_by_course as asked
-- column    episode_id  varchar    the course
-- column    as_of       date       a date of flag/date_by_course
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    subject     varchar    of a red flag its kind, as each kind is a flag of its own; else empty
-- column    newest      integer    grows with a new reason of the same rule, which raises the flag anew
-- column    is_at_once  boolean    came and was closed by a clinician on this very day
-- column    fact_ids    varchar[]  the facts behind it
-- missing   no row: nothing holds, or the course is closed
-- source    The verdict's own rules; a rise on top of an open one, by as much as raises a flag, is a new reason
with open_rise as (
    select episode_id, as_of, 'rise_confirmed' as rule, bin, earlier from rise where is_confirmed
    union all
    select episode_id, as_of, 'big_rise', bin, earlier from rise where is_big
),

step as (
    select *, arg_min(earlier, bin) over (partition by episode_id, as_of, rule) as first_earlier
    from open_rise
),

top_step as (
    select s.episode_id, s.as_of, s.rule, max(s.bin) as newest
    from step s
    join course c using (episode_id, as_of)
    join threshold_row t using (timeline_version)
    where s.earlier - s.first_earlier >= t.new_problem_rise
    group by s.episode_id, s.as_of, s.rule
),

came as (
    select q.episode_id, q.as_of, e.kind, list(e.event_id order by e.event_id) as fact_ids
    from asked q
    join episode_summary s using (episode_id), unnest(s.events) v(e)
    join event_kind k on k.kind = e.kind and k.is_red_flag
    where e.happened_on = q.as_of
    group by q.episode_id, q.as_of, e.kind
),

hit as (
    select
        episode_id, as_of, 'red_flag_event' as rule, kind as subject,
        max(happened_on - '1970-01-01'::date)::integer as newest,
        list(event_id order by happened_on, event_id) as fact_ids, false as is_at_once
    from open_flag
    group by episode_id, as_of, kind
    union all
    select h.episode_id, h.as_of, h.rule, '', coalesce(s.newest, -2), h.fact_ids, false
    from hit_new_problem h
    left join top_step s using (episode_id, as_of, rule)
    union all
    select episode_id, as_of, rule, '', 0, fact_ids, false
    from hit_slower
    union all
    select c.episode_id, c.as_of, 'red_flag_event', c.kind, 0, c.fact_ids, true
    from came c
    where not exists (
        select 1 from open_flag f where f.episode_id = c.episode_id and f.as_of = c.as_of and f.kind = c.kind
    )
    union all
    select episode_id, as_of, if(is_confirmed, 'rise_confirmed', 'big_rise'), '', 0, any_value(score_ids), true
    from raised_rise
    where raised_on = as_of and closed_on = as_of
    group by episode_id, as_of, is_confirmed
)

select h.episode_id, h.as_of, h.rule, h.subject, h.newest, h.is_at_once, h.fact_ids
from hit h
where not exists (select 1 from hit_closed c where c.episode_id = h.episode_id and c.as_of = h.as_of)
order by h.episode_id, h.as_of, h.rule, h.subject, h.is_at_once
