-- question  Let an account's row end where another takes its place.
-- grain     account_id
-- param     account_id    varchar    mmeier               the account
-- param     retracted_at  timestamp  2026-11-26 08:00:00  UTC
update account
set retracted_at = $retracted_at
where account_id = $account_id and retracted_at is null
