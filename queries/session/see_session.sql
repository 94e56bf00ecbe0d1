-- question  Note when a session was last used.
-- grain     session
-- param     session  varchar    3f0a                 the session
-- param     seen_at  timestamp  2026-11-26 08:00:00  UTC
update account_session
set seen_at = $seen_at
where session = $session and ended_at is null
