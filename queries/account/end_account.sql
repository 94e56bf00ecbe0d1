-- question  End an account's row where another takes its place.
-- grain     account_id
-- param     account_id    varchar    mmeier               the account
-- param     replaced_at  timestamp  2026-11-26 08:00:00  UTC
update account
set replaced_at = $replaced_at
where account_id = $account_id and replaced_at is null
