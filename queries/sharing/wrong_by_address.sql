-- question  How many wrong tries were there lately, from an address and in all?
-- grain     one row
-- param     address_digest  varchar    9b1c                 keyed hash of the network address
-- param     address_since   timestamp  2026-11-20 07:45:00  those of the address count from here, UTC
-- param     all_since       timestamp  2026-11-20 07:00:00  those of everybody, UTC
-- column    of_address  bigint  from this address
-- column    of_all      bigint  from everywhere
select
    count(*) filter (where address_digest = $address_digest and tried_at > $address_since) as of_address,
    count(*) filter (where tried_at > $all_since) as of_all
from share_attempt
where outcome = 'wrong' and tried_at > least($address_since, $all_since)
