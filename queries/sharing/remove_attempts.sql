-- question  Remove tries of links that are gone, and old tries at addresses that are no link.
-- grain     attempt_id
-- param     before  timestamp  2026-11-23 08:00:00  tries at no link before this, UTC
delete from share_attempt
where link_id is null and tried_at < $before or link_id not in (select link_id from share_link)
