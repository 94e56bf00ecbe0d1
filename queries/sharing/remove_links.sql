-- question  Remove links that ended long ago.
-- grain     link_id
-- param     before  timestamp  2026-08-25 08:00:00  those that ended before this, UTC
-- missing   What is on record about them stays
delete from share_link
where least(expires_at, coalesce(revoked_at, expires_at)) < $before
