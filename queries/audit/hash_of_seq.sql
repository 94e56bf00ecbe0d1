-- question  Which hash does a row of the record have now?
-- grain     seq
-- param     seq  bigint  1  its number, as a backup's manifest tells it
-- column    seq   bigint   its number
-- column    hash  varchar  the hash
-- missing   no row: the record ends before it
select seq, hash
from audit_event
where seq = $seq
order by seq, hash
