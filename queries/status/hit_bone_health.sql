-- question  Is a bone scan or a bone medicine due, as of a date?
-- grain     episode_id, as_of, rule
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/asked as asked
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- column    episode_id  varchar    the course
-- column    as_of       date       which day is today
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    since_on    date       when it began to hold
-- column    words       varchar[]  what its sentence is filled with
-- column    fact_ids    varchar[]  the facts behind it
-- missing   no row: the rule doesn't hold
-- source    Beside the verdict, never in it; counted from the fracture (Javaid 2020)
with summary as (
    select
        q.episode_id,
        q.as_of,
        len([e for e in s.events if e.kind = 'bone_scan' and e.happened_on <= q.as_of]) > 0 as is_scanned,
        len([e for e in s.events if e.kind = 'bone_medicine' and e.happened_on <= q.as_of]) > 0
            or len([m for m in s.medications if m.bone and m.started_on <= q.as_of]) > 0 as is_treated
    from asked q
    join episode_summary s using (episode_id)
)

select
    c.episode_id,
    c.as_of,
    'bone_scan_due' as rule,
    c.fracture_on + t.bone_scan_days::integer as since_on,
    [(c.as_of - c.fracture_on)::varchar, t.bone_scan_days::integer::varchar] as words,
    []::varchar[] as fact_ids
from course c
join threshold_row t using (timeline_version)
join summary s using (episode_id, as_of)
where c.as_of - c.fracture_on >= t.bone_scan_days and not s.is_scanned
union all
select
    c.episode_id,
    c.as_of,
    'bone_medicine_due',
    c.fracture_on + t.bone_medicine_days::integer,
    [(c.as_of - c.fracture_on)::varchar, t.bone_medicine_days::integer::varchar],
    []::varchar[]
from course c
join threshold_row t using (timeline_version)
join summary s using (episode_id, as_of)
where c.as_of - c.fracture_on >= t.bone_medicine_days and not s.is_treated
order by episode_id, as_of, rule
