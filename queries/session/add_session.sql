-- question  Add a session that begins.
-- grain     one row
-- param     session     varchar    3f0a                 SHA-256 of what the browser holds, in hex
-- param     account_id  varchar    mmeier               whose
-- param     address     varchar    null                 the network that it came from
-- param     started_at  timestamp  2026-11-26 08:00:00  UTC
-- param     ends_at     timestamp  2026-11-26 16:00:00  at the latest, UTC
insert into account_session (
    session, account_id, address, started_at, seen_at, ends_at
)
values ($session, $account_id, $address, $started_at, $started_at, $ends_at)
