-- question  Add a try to open a link, wrong until it proves right.
-- grain     one row
-- param     attempt_id      varchar    3f0a                 its id
-- param     link_id         varchar    null                 the link; null: there is none at this address
-- param     tried_at        timestamp  2026-11-20 08:00:00  UTC
-- param     address_digest  varchar    9b1c                 keyed hash of the network address that it came from
insert into share_attempt (attempt_id, link_id, tried_at, address_digest, outcome)
values ($attempt_id, $link_id, $tried_at, $address_digest, 'wrong')
