-- question  On which dates can a flag of each course begin or end?
-- grain     episode_id, as_of
-- param     patient_ids  varchar[]  null  these patients' courses, or null for all
-- uses      status/threshold_value as threshold_value
-- uses      status/threshold_by_version as threshold_row
-- column    episode_id   varchar    the course
-- column    as_of        date       a date on which an answer of an attention rule can differ from the day before
-- missing   no row: nothing can raise a flag
-- source    Readings, rises and late milestones change with a new fact, red flags with an event; two rules begin on a day; death, withdrawal and the end of follow-up close
with course as (
    select
        s.*,
        w.follow_up_days,
        t.slower_from_day::integer as slower_day,
        t.little_relief_from_day::integer as relief_day
    from episode_summary s
    left join pathway w using (pathway)
    left join threshold_row t using (timeline_version)
    where $patient_ids is null or s.patient_id in (select unnest($patient_ids))
)

select distinct episode_id, unnest([
    on_date
    for on_date in list_concat(
        [d.taken_on for d in daily_values if d.day >= 0],
        [m.happened_on for m in milestones],
        [e.happened_on for e in events],
        [
            performed_on + slower_day, performed_on + relief_day, performed_on + follow_up_days,
            died_on, withdrew_on
        ]
    )
    if on_date is not null
]) as as_of
from course
where len(daily_values) + len(milestones) + len(events) > 0
order by episode_id, as_of
