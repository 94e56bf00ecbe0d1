-- question  What is the hash of all that a clinician signs with a timeline?
-- grain     timeline_version
-- uses      protocol/told_by_row as told
-- column    timeline_version  varchar  the version of the timeline
-- column    content_digest    varchar  SHA-256 of every row that it says, in order
-- column    rows              bigint   how many rows that are
select
    timeline_version,
    sha256(string_agg(part || ' ' || said::varchar, chr(10) order by turn, part, said::varchar)) as content_digest,
    count(*) as rows
from told
group by timeline_version
order by timeline_version
