-- question  Which patients' visits are behind one mark of the Clinics page as of a date?
-- grain     episode_id, visit
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode, or null for all
-- param     visit       varchar  month_3     the visit, or null for all
-- param     counted     varchar  received    due, received, improved (able to improve) or worse (with a score before)
-- param     clinic_id   varchar  null        one clinic, or null for all
-- param     surgeon     varchar  null        one surgeon, or null for all
-- param     month_on    date     null        first day of the month of the procedure, or null for all
-- param     most        integer  5000        rows at most
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      clinics/answer_by_visit as answer
-- column    episode_id    varchar  the episode
-- column    visit         varchar  the visit
-- column    episode_key   varchar  its opaque address
-- column    person        varchar  the name as given, or the patient's id
-- column    clinic        varchar  the clinic's name
-- column    surgeon       varchar  as given
-- column    performed_on  date     the day of the procedure
-- column    received_on   date     the day of the answer
-- column    baseline      double   the score before
-- column    value         double   the answer, in the instrument's unit
-- column    words         varchar  how this patient does there
-- column    visits        bigint   visits in all, listed or not
-- missing   no row: none; received_on and value are null where nothing came
select
    a.episode_id,
    a.visit,
    s.episode_key,
    coalesce(nullif(concat_ws(' ', p.given_name, p.family_name), ''), s.patient_id) as person,
    coalesce(c.name, a.clinic_id) as clinic,
    a.surgeon,
    s.performed_on,
    a.received_on,
    a.baseline,
    a.value,
    case when a.value is null then 'no answer' else coalesce(nullif(concat_ws(
        ', ',
        case when a.is_improved then 'improved' when a.is_worse then 'worse' end,
        case when a.is_comfortable then 'comfortable' end
    ), ''), 'neither') end as words,
    count(*) over () as visits
from answer a
join episode_summary s using (episode_id)
left join patient p on p.patient_id = s.patient_id and p.retracted_at is null
left join clinic c on c.clinic_id = a.clinic_id and c.retracted_at is null
where ($visit::varchar is null or a.visit = $visit)
    and ($clinic_id::varchar is null or a.clinic_id = $clinic_id)
    and ($surgeon::varchar is null or a.surgeon = $surgeon)
    and ($month_on::date is null or a.month_on = $month_on::date)
    and case $counted
        when 'due' then true
        when 'improved' then a.is_improved is not null
        when 'worse' then a.is_worse is not null
        else a.value is not null
    end
order by person, a.episode_id, a.visit
limit $most
