-- question  Is a bone scan or a bone medicine due, as of a date?
-- grain     episode_id, rule
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- column    episode_id  varchar    the course
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    since_on    date       when it began to hold
-- column    words       varchar[]  what its sentence is filled with
-- column    fact_ids    varchar[]  the facts behind it
-- missing   no row: the rule doesn't hold
-- source    Beside the verdict, never in it; counted from the fracture (Javaid 2020)
with summary as (
    select
        s.episode_id,
        len([e for e in s.events if e.kind = 'bone_scan' and e.happened_on <= $as_of]) > 0 as is_scanned,
        len([e for e in s.events if e.kind = 'bone_medicine' and e.happened_on <= $as_of]) > 0
            or len([m for m in s.medications if m.bone and m.started_on <= $as_of]) > 0 as is_treated
    from episode_summary s
    where $episode_id is null or s.episode_id = $episode_id
)

select
    c.episode_id,
    'bone_scan_due' as rule,
    c.fracture_on + t.bone_scan_days::integer as since_on,
    [($as_of::date - c.fracture_on)::varchar, t.bone_scan_days::integer::varchar] as words,
    []::varchar[] as fact_ids
from course c
join threshold_row t using (timeline_version)
join summary s using (episode_id)
where $as_of::date - c.fracture_on >= t.bone_scan_days and not s.is_scanned
union all
select
    c.episode_id,
    'bone_medicine_due',
    c.fracture_on + t.bone_medicine_days::integer,
    [($as_of::date - c.fracture_on)::varchar, t.bone_medicine_days::integer::varchar],
    []::varchar[]
from course c
join threshold_row t using (timeline_version)
join summary s using (episode_id)
where $as_of::date - c.fracture_on >= t.bone_medicine_days and not s.is_treated
order by episode_id, rule
