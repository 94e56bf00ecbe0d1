-- question  Which cohorts were seen by an account, or have left, the newest first?
-- grain     released_at, digest, without
-- param     kind         varchar  seen  seen on a screen, or left in a file
-- param     released_by  varchar  null  by whom; null: by anybody
-- column    released_at  timestamp  UTC; the last time
-- column    released_by  varchar    the account, or the machine's user
-- column    as_of        date       as of which day
-- column    clinics      varchar[]  narrowed to these; null: every clinic
-- column    definition   varchar    the canonical JSON
-- column    digest       varchar    the SHA-256 of it
-- column    without      varchar[]  definitions whose members were left out of it, as both held them
-- missing   no row: none yet
select released_at, released_by, as_of, clinics, definition, digest, without
from cohort_release
where kind = $kind and ($released_by is null or released_by = $released_by)
order by released_at desc, digest, without
