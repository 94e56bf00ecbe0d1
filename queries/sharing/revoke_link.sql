-- question  Take a link back.
-- grain     link_id
-- param     link_id     varchar    3f0a                 the link
-- param     revoked_at  timestamp  2026-11-21 08:00:00  UTC
-- param     revoked_by  varchar    mmeier               by whom
update share_link
set revoked_at = $revoked_at, revoked_by = $revoked_by
where link_id = $link_id and revoked_at is null
