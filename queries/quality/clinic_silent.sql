-- question  From which clinics with patients in follow-up has nothing come of late?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- param     as_of  date  2026-11-23  which day is today, for the clinic
-- column    code        varchar  clinic_silent, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    quality_limit silent_days
with heard as (
    select
        s.clinic_id,
        max(list_max([d for d in s.contact_on if d <= $as_of::date])) as last_on,
        count(*) filter (
            where s.performed_on <= $as_of::date
                and $as_of::date <= s.performed_on + p.follow_up_days
                and coalesce(least(s.died_on, s.withdrew_on) > $as_of::date, true)
        ) as courses
    from episode_summary s
    left join pathway p using (pathway)
    group by s.clinic_id
)

select
    'clinic_silent' as code,
    null::varchar as patient_id,
    null::varchar as episode_id,
    clinic_id,
    case
        when last_on is null then format('Nothing has come yet; {} courses in follow-up.', courses)
        else format('Nothing since {}; {} courses in follow-up.', strftime(last_on, '%-d %b %Y'), courses)
    end as found,
    last_on as since_on,
    null::varchar as fact_id
from heard
where courses > 0
    and coalesce($as_of::date - last_on > (select value from quality_limit where name = 'silent_days'), true)
order by patient_id, clinic_id, since_on, fact_id, found
