-- question  Store the episodes that were accepted, under the timeline of their day; an episode keeps its key and its timeline.
-- grain     episode_row_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/open_checks
-- after     import/settle
insert into episode
with named as (
    select s.*, coalesce(s.fields[5], 'kyphoplasty') as pathway, cast(s.fields[2][1:10] as date) as performed_on
    from settled s
    where s.is_written
),

dated as (
    select
        n.row_id,
        coalesce(
            arg_max(v.timeline_version, v.effective_from) filter (where v.effective_from <= n.performed_on),
            arg_min(v.timeline_version, v.effective_from),
            'none'
        ) as timeline_version
    from named n
    left join timeline_version v using (pathway)
    group by n.row_id
),

gone as (
    select episode_id, patient_id, arg_max(episode_key, recorded_at) as episode_key
    from episode
    where retracted_at is not null
    group by episode_id, patient_id
)

select
    cast(uuidv7() as varchar),
    n.key,
    coalesce(o.episode_key, g.episode_key, replace(cast(uuid() as varchar), '-', '')),
    n.fields[1],
    n.pathway,
    coalesce(n.fields[13], d.timeline_version),
    n.performed_on,
    try_cast(n.fields[2][12:] as timestamp),
    cast(n.fields[6] as date),
    n.fields[7],
    n.fields[8],
    n.fields[9],
    n.fields[10],
    n.fields[11],
    cast(n.fields[12][1:10] as date),
    try_cast(n.fields[12][12:] as timestamp),
    n.fields[14],
    $now,
    $recorded_by,
    coalesce(c.origin, $source),
    $batch_id,
    null,
    n.stored_id
from named n
join dated d using (row_id)
join checked c using (row_id)
left join episode o on o.episode_row_id = n.stored_id
left join gone g on g.episode_id = n.key and g.patient_id = n.fields[1]
order by n.fields[1], n.performed_on
