-- question  End a session.
-- grain     session
-- param     session   varchar    3f0a                 the session
-- param     ended_at  timestamp  2026-11-26 08:00:00  UTC
-- param     why       varchar    sign_out             sign_out, everywhere, idle, absolute, account or restart
update account_session
set ended_at = $ended_at, ended_why = $why
where session = $session and ended_at is null
