-- question  Which rules hold for each course as of a date, and because of what?
-- grain     episode_id, as_of, rule
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/hit_closed as hit_closed
-- uses      status/hit_red_flag as hit_red_flag
-- uses      status/hit_new_problem as hit_new_problem
-- uses      status/hit_slower as hit_slower
-- uses      status/hit_cannot_tell as hit_cannot_tell
-- uses      status/hit_calm as hit_calm
-- uses      status/hit_beside as hit_beside
-- uses      status/hit_bone_health as hit_bone_health
-- column    episode_id  varchar    the course
-- column    as_of       date       which day is today
-- column    rank        integer    worst first
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    verdict     varchar    the verdict that it speaks for; null: beside the verdict
-- column    label       varchar    the rule in words
-- column    text        varchar    the because-line
-- column    headline    varchar    the sentence over the page, when this rule leads; null: has none
-- column    since_on    date       when it began to hold
-- column    fact_ids    varchar[]  the facts behind it
-- missing   no row: nothing holds (on course with nothing scored yet)
-- source    data/reference/flag_rule.csv; a course without a version uses the latest published rules' words
with hit as (
    select * from hit_closed
    union all
    select * from hit_red_flag
    union all
    select * from hit_new_problem
    union all
    select * from hit_slower
    union all
    select * from hit_cannot_tell
    union all
    select * from hit_calm
    union all
    select * from hit_beside
    union all
    select * from hit_bone_health
),

filled as (
    select *, [coalesce(words[i], '') for i in range(1, 7)] as w
    from hit
),

fallback as (
    select arg_max(timeline_version, published_on) as timeline_version
    from timeline_version
)

select
    h.episode_id,
    h.as_of,
    f.rank,
    h.rule,
    f.verdict,
    f.label,
    format(f.template, w[1], w[2], w[3], w[4], w[5], w[6]) as text,
    format(f.headline, w[1], w[2], w[3], w[4], w[5], w[6]) as headline,
    h.since_on,
    h.fact_ids
from filled h
join episode_summary s using (episode_id)
cross join fallback b
join flag_rule f
    on f.rule = h.rule
    and f.timeline_version = case
        when s.timeline_version in (select timeline_version from flag_rule) then s.timeline_version
        else b.timeline_version
    end
order by h.episode_id, h.as_of, f.rank
