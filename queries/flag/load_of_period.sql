-- question  How many amber flags came in a period, from how many patient-weeks, against which budget?
-- grain     one row
-- param     as_of      date     2026-11-23  last day of the period
-- param     from_on    date     2025-11-24  first day of the period
-- param     clinic_id  varchar  null        one clinic, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      flag/load_by_month as monthly
-- column    amber          hugeint  amber flags, counted once a course and day
-- column    patient_weeks  double   weeks that courses were followed
-- column    per_100_weeks  double   amber flags per 100 of them
-- column    budget         double   what the clinics can look at, per 100 patient-weeks
-- missing   null: nobody was followed
-- source    The months of flag/load_by_month added up; the budget weighs by patient-weeks
select
    sum(amber) as amber,
    sum(patient_weeks) as patient_weeks,
    100 * sum(amber) / nullif(sum(patient_weeks), 0) as per_100_weeks,
    sum(budget * patient_weeks) / nullif(sum(patient_weeks), 0) as budget
from monthly
