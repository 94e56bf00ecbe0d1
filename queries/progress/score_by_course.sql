-- question  Which own scores and which visits without one are shown to a patient, with the range told on that day?
-- grain     episode_id, turn
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/asked as asked
-- uses      status/course_as_of as course
-- uses      status/visit_by_course as visit
-- column    episode_id  varchar  the course
-- column    turn        bigint   1 is the earliest
-- column    day         integer  days after the procedure, or after the first score where there is none; null: before
-- column    on_date     date     its date; of a visit without a score the planned day
-- column    value       double   the daily value; null: a planned visit whose window closed without a score
-- column    told_low    double   the range told on that day
-- column    told_high   double   likewise
-- missing   told_… null: no range on that day
-- source    Daily values, and before the procedure the baseline; visits in the strict windows
with shown as (
    select s.episode_id, null::integer as day, s.baseline_on as on_date, s.baseline as value
    from asked q
    join episode_summary s using (episode_id)
    where s.baseline is not null and s.baseline_on <= q.as_of and s.performed_on is not null
    union all
    select s.episode_id, coalesce(d.day, d.taken_on - s.first_on)::integer, d.taken_on, d.value
    from asked q
    join (
        select episode_id, daily_values[1].taken_on as first_on, unnest(daily_values) as d
        from episode_summary
        where episode_id in (select episode_id from asked)
    ) s using (episode_id)
    where s.d.taken_on <= q.as_of
    union all
    select episode_id, target_day, target_on, null
    from visit
    where state = 'missed'
)

select
    s.episode_id,
    row_number() over (partition by s.episode_id order by s.day nulls first, s.value nulls first) as turn,
    s.day, s.on_date, s.value, b.told_low, b.told_high
from shown s
join course c using (episode_id)
left join expected_band b
    on b.timeline_version = c.timeline_version and b.instrument = c.primary_instrument
    and b.day = s.day and b.baseline = c.band_baseline
order by s.episode_id, turn
