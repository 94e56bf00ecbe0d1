-- question  Up to which instant had everything that bears an earlier one been stored?
-- grain     one row
-- param     instant  timestamp  2026-03-01 09:00:00  UTC
-- column    until    timestamp  UTC: the instant itself, or, while an import ran, just before that import
-- source    One writer at a time: while an import runs, nothing else is stored, and its own rows are not seen before its end
select least($instant::timestamp, min(started_at) - to_microseconds(1)) as until
from import_batch
where started_at <= $instant and finished_at > $instant
