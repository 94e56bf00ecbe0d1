-- question  Keep one version of a cohort.
-- grain     cohort_id, version
-- param     cohort_id   varchar    c0ffee0001           its id
-- param     version     integer    1                    which version, from 1
-- param     called      varchar    Older women          what it is called
-- param     definition  varchar    {"filters":{}}       the canonical JSON
-- param     digest      varchar    0a1b2c               the SHA-256 of it
-- param     comment     varchar    null                 why
-- param     saved_at    timestamp  2026-03-01 09:00:00  UTC
-- param     saved_by    varchar    Dana                 who saves it
-- param     clinics     varchar[]  null                 for whose accounts; null: for those of every clinic
-- param     retired     boolean    false                whether this version puts it away
insert into cohort by name
select
    $cohort_id as cohort_id,
    $version as version,
    $called as name,
    $definition as definition,
    $digest as digest,
    $comment as comment,
    $saved_at as saved_at,
    $saved_by as saved_by,
    $clinics::varchar[] as clinics,
    case when $retired then $saved_at end as retired_at
