-- question  Store the treated levels of the episodes that were accepted, with the cement of each.
-- grain     treated_level_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/open_checks
-- after     import/settle
insert into treated_level
with named as (
    select
        s.fields[1] as patient_id,
        s.key as episode_id,
        unnest(string_split(s.fields[3], ';')) as level,
        string_split(s.fields[4], ';') as cement,
        c.origin
    from settled s
    join checked c using (row_id)
    where s.is_written and s.fields[3] is not null
),

before as (
    select episode_id, level, treated_level_id
    from treated_level
    where retracted_at = $now
)

select
    cast(uuidv7() as varchar),
    n.patient_id,
    n.episode_id,
    n.level,
    cast(string_split([x for x in n.cement if starts_with(x, n.level || '=')][1], '=')[2] as double),
    $now,
    $recorded_by,
    coalesce(n.origin, $source),
    $batch_id,
    null,
    b.treated_level_id
from named n
join level v using (level)
left join before b on b.episode_id = n.episode_id and b.level = n.level
order by n.patient_id, n.episode_id, v.position
