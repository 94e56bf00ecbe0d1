-- question  Which definitions are kept, of saved cohorts and of what was seen or has left, each with its hash?
-- grain     table_name, row_key, part
-- column    table_name  varchar  the table
-- column    row_key     varchar  the row
-- column    part        bigint   0 for the definition; from 1 for those that were left out of it
-- column    definition  varchar  the canonical JSON
-- column    digest      varchar  the hash that is kept; null: none is kept of this part
-- column    is_sound    boolean  once there, of a known kind, and the version before is there, too
-- missing   no row: none is kept
with kept as (
    select
        'cohort' as table_name,
        concat_ws(' ', cohort_id, version) as row_key,
        0::bigint as part,
        definition,
        digest,
        version = 1 + coalesce(lag(version) over (partition by cohort_id order by version), 0) as is_sound
    from cohort
    union all
    select
        'cohort_release', concat_ws(' ', released_at, released_by, kind, digest), 0, definition, digest,
        split_part(kind, '@', 1) in ('seen', 'left')
            and (not contains(kind, '@') or try_cast(split_part(kind, '@', 2) as timestamp) is not null)
            and count(*) over (partition by released_at, released_by, kind, digest) = 1
    from cohort_release
    union all
    select
        'cohort_release', concat_ws(' ', released_at, released_by, kind, digest),
        unnest(generate_series(1, len(without))), unnest(without), null, true
    from cohort_release
)

select table_name, row_key, part, definition, digest, is_sound
from kept
order by table_name, row_key, part
