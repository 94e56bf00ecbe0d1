-- question  Which courses have an open red-flag event as of a date?
-- grain     episode_id, rule
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/course_as_of as course
-- column    episode_id  varchar    the course
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    since_on    date       when it began to hold
-- column    words       varchar[]  what its sentence is filled with
-- column    fact_ids    varchar[]  the facts behind it
-- missing   no row: the rule doesn't hold
-- source    No statistic ever hides a red flag; only a clinician closes it (event red_flag_closed, for one kind or, with no detail, for all), and never one that came later on that day
with happened as (
    select s.episode_id, unnest(s.events, recursive := true)
    from episode_summary s
    where $episode_id is null or s.episode_id = $episode_id
),

known as (
    select h.*, k.label, k.is_red_flag, k.closes
    from happened h
    join event_kind k using (kind)
    where h.happened_on <= $as_of
),

open_flag as (
    select f.*
    from known f
    where f.is_red_flag
        and not exists (
            select 1
            from known x
            where x.episode_id = f.episode_id
                and x.closes = 'red_flag'
                and x.happened_on >= f.happened_on
                and not coalesce(x.happened_on = f.happened_on and x.happened_at < f.happened_at, false)
                and coalesce(nullif(lower(trim(x.detail)), ''), f.kind) = f.kind
        )
)

select
    f.episode_id,
    'red_flag_event' as rule,
    max(f.happened_on) as since_on,
    [
        string_agg(f.label, ', ' order by f.happened_on desc, f.event_id),
        string_agg((f.happened_on - c.performed_on)::varchar, ', ' order by f.happened_on desc, f.event_id)
    ] as words,
    list(f.event_id order by f.happened_on, f.event_id) as fact_ids
from open_flag f
join course c using (episode_id)
group by f.episode_id
order by f.episode_id
