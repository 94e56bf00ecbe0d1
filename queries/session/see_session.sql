-- question  Note when a session was last used and when it ends at the latest, by the wall clock as it stands now.
-- grain     session
-- param     session  varchar    3f0a                 the session
-- param     seen_at  timestamp  2026-11-26 08:00:00  UTC
-- param     ends_at  timestamp  2026-11-26 16:00:00  UTC
update account_session
set seen_at = $seen_at, ends_at = $ends_at
where session = $session and ended_at is null
