-- question  How many amber flags came in each month, and from how many patient-weeks?
-- grain     month_on
-- param     as_of      date     2026-11-23  last day of the period
-- param     from_on    date     2025-11-24  first day of the period
-- param     clinic_id  varchar  null        one clinic, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    month_on       date    the first day of the month within the period
-- column    amber          bigint  days on which a course raised one, counted once a course and day
-- column    patient_weeks  double  weeks that courses were followed in that month
-- column    per_100_weeks  double  amber flags per 100 of them
-- column    budget         double  what the clinics can look at, per 100 patient-weeks
-- missing   per_100_weeks null: nobody was followed
-- source    Amber: verdicts that spend the budget (data/reference/verdict.csv)
with month as (
    select
        greatest(start_on::date, $from_on::date) as month_on,
        least(start_on::date + interval 1 month, $as_of::date + interval 1 day)::date as end_on
    from range(date_trunc('month', $from_on::date)::timestamp, ($as_of::date + 1)::timestamp, interval 1 month)
        m(start_on)
),

course as (
    select
        s.episode_id,
        s.performed_on,
        least(s.performed_on + w.follow_up_days, s.died_on, s.withdrew_on) as end_on,
        c.amber_budget
    from episode_summary s
    join pathway w using (pathway)
    left join clinic c on c.clinic_id = s.clinic_id and c.retracted_at is null
    where ($clinic_id is null or s.clinic_id = $clinic_id)
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], s.clinic_id))
),

followed as (
    select
        m.month_on,
        sum(least(c.end_on, m.end_on) - greatest(c.performed_on, m.month_on)) / 7.0 as patient_weeks,
        sum(coalesce(c.amber_budget, 5) * (least(c.end_on, m.end_on) - greatest(c.performed_on, m.month_on)))
            / sum(least(c.end_on, m.end_on) - greatest(c.performed_on, m.month_on)) as budget
    from month m
    join course c on c.performed_on < m.end_on and c.end_on > m.month_on
    group by m.month_on
),

raised as (
    select m.month_on, count(distinct (r.episode_id, r.raised_on)) as amber
    from month m
    join flag_run r on r.raised_on >= m.month_on and r.raised_on < m.end_on
    join verdict v on v.verdict = r.verdict and v.spends_budget
    join course c on c.episode_id = r.episode_id
    group by m.month_on
)

select
    m.month_on,
    coalesce(r.amber, 0) as amber,
    coalesce(f.patient_weeks, 0)::double as patient_weeks,
    (100 * coalesce(r.amber, 0) / f.patient_weeks)::double as per_100_weeks,
    f.budget::double as budget
from month m
left join followed f using (month_on)
left join raised r using (month_on)
order by m.month_on
