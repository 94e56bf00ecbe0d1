-- question  What is the last row of the record, whose hash holds all before it?
-- grain     one row
-- column    seq   bigint   its number; 0 where there is none
-- column    hash  varchar  its hash
-- missing   null: nothing is on record yet
select
    coalesce(max(seq), 0) as seq,
    arg_max(hash, seq) as hash
from audit_event
