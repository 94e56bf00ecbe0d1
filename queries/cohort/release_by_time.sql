-- question  Which cohorts were seen by an account, or have left, the newest first?
-- grain     released_at, digest, without
-- param     kind         varchar  seen  seen on a screen, or left in a file
-- param     released_by  varchar  null  by whom; null: by anybody
-- column    released_at  timestamp  UTC
-- column    released_by  varchar    the account, or the machine's user
-- column    as_of        date       as of which day
-- column    instant      timestamp  UTC, as it was known then; null: as it was known when it was shown
-- column    clinics      varchar[]  narrowed to these; null: every clinic
-- column    definition   varchar    the canonical JSON
-- column    digest       varchar    the SHA-256 of it
-- column    without      varchar[]  definitions whose members were left out of it, as both held them
-- column    row_key      varchar    the row
-- missing   no row: none yet
select
    released_at, released_by, as_of, try_cast(split_part(kind, '@', 2) as timestamp) as instant, clinics, definition,
    digest, without, concat_ws(' ', released_at, released_by, kind, digest) as row_key
from cohort_release
where split_part(kind, '@', 1) = $kind and ($released_by is null or released_by = $released_by)
order by released_at desc, kind, digest, without
