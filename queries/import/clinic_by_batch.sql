-- question  Which clinics did one import make because a patient named them?
-- grain     clinic
-- param     batch_id   varchar  20260301-090000-abcdef  the import
-- column    clinic     varchar  the clinic
-- column    time_zone  varchar  the zone that is assumed
-- column    why        varchar  why this zone
-- missing   no row: none was made
select clinic_id as clinic, time_zone, source as why
from clinic
where batch_id = $batch_id and source like 'assumed%'
order by clinic_id
