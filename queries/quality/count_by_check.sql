-- question  How much does each check find at each clinic, and in how many patients?
-- grain     code, clinic_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode in the visit states, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      quality/found_by_check as found_row
-- column    code       varchar  the check; null for all of the clinic's together
-- column    clinic_id  varchar  the clinic
-- column    things     bigint   what was found
-- column    patients   bigint   in how many patients
-- missing   no row: nothing found there
select
    code,
    clinic_id,
    count(*) as things,
    count(distinct patient_id) as patients
from found_row
group by grouping sets ((code, clinic_id), (clinic_id))
order by code nulls first, clinic_id
