-- question  How many links and tries are there to remove?
-- grain     one row
-- param     links_before     timestamp  2026-08-25 08:00:00  links that ended before this, UTC
-- param     attempts_before  timestamp  2026-11-23 08:00:00  tries at no link before this, UTC
-- column    links     bigint  that ended long ago
-- column    attempts  bigint  at addresses that are no link
select
    (
        select count(*) from share_link
        where least(expires_at, coalesce(revoked_at, expires_at)) < $links_before
    ) as links,
    (select count(*) from share_attempt where link_id is null and tried_at < $attempts_before) as attempts
