-- question  Note that it is on record that a link came to its end.
-- grain     link_id
-- param     link_id   varchar    3f0a                 the link
-- param     noted_at  timestamp  2026-12-05 08:00:00  UTC
update share_link
set ended_noted_at = $noted_at
where link_id = $link_id
