-- question  Keep in mind that a cohort was seen, or that figures of it have left.
-- grain     released_at, digest, kind
-- param     released_at  timestamp  2026-03-01 09:00:00  UTC
-- param     released_by  varchar    Dana                 who looked, or took it out
-- param     kind         varchar    seen                 seen on a screen, or left in a file
-- param     as_of        date       2026-03-01           as of which day
-- param     clinics      varchar[]  null                 narrowed to these; null: every clinic
-- param     definition   varchar    {"filters":{}}       the canonical JSON
-- param     digest       varchar    0a1b2c               the SHA-256 of it
-- param     without      varchar[]  []                   definitions whose members were left out of it
insert into cohort_release by name
select
    $released_at as released_at, $released_by as released_by, $kind as kind, $as_of as as_of,
    $clinics::varchar[] as clinics, $definition as definition, $digest as digest, $without::varchar[] as without
