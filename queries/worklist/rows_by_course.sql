-- question  Who is on the worklist as of a date, worst and newest first, and how many wait in all?
-- grain     episode_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- param     clinic_id   varchar  null        one clinic, or null for all
-- param     surgeon     varchar  null        one surgeon, or null for all
-- param     find        varchar  null        words that must all occur in name or ids, or null for all
-- param     most        integer  500         rows of one place and verdict at most
-- uses      worklist/line_by_course as line
-- uses      worklist/budget_by_clinic as budget
-- uses      worklist/person_by_course as person
-- column    episode_id     varchar   the course
-- column    episode_key    varchar   its opaque address
-- column    place          varchar   urgent, waiting (amber beyond the budget), unknown, calm or closed
-- column    is_listed      boolean   false: closed, so only shown when asked for
-- column    verdict        varchar   code
-- column    state          varchar   shape and word
-- column    headline       varchar   the verdict in a sentence
-- column    because        varchar   the two foremost reasons
-- column    person         varchar   name, or id where no name is known
-- column    patient_id     varchar   the patient
-- column    clinic         varchar   the clinic's name
-- column    surgeon        varchar   as given
-- column    day            integer   days after the procedure; null without one
-- column    phase_label    varchar   in words
-- column    last_value     double    last daily value, in the instrument's unit
-- column    expected       varchar   range on that day, 10th to 90th centile
-- column    days_silent    integer   since the last contact
-- column    next_words     varchar   next or overdue visit
-- column    recent         double[]  last scores, 0 to 10, 10 is best
-- column    verdict_total  bigint    courses with this verdict within the filters, listed or not
-- column    row_total      bigint    courses within the filters, listed or not
-- column    urgent_people  bigint    patients within the filters who are urgent
-- column    waiting_total  bigint    amber flags beyond the budget
-- column    silent_total   bigint    courses that nobody can judge for want of a recent score
-- column    untold_total   bigint    courses that nobody can judge for another reason
-- column    amber_budget   bigint    amber flags shown as urgent at most, in the clinics within the filter
-- missing   rows beyond the most of one place and verdict; the totals count all
select
    l.episode_id,
    l.episode_key,
    l.place,
    l.place <> 'closed' or $find::varchar is not null as is_listed,
    l.verdict,
    l.state,
    l.headline,
    l.because,
    n.person,
    l.patient_id,
    n.clinic,
    l.surgeon,
    l.day,
    l.phase_label,
    l.last_value,
    l.expected,
    l.days_silent,
    l.next_words,
    l.recent,
    count(*) over (partition by l.verdict) as verdict_total,
    count(*) over () as row_total,
    count(distinct case when l.place = 'urgent' then l.patient_id end) over () as urgent_people,
    count(*) filter (where l.place = 'waiting') over () as waiting_total,
    count(*) filter (where l.place = 'unknown' and l.rule = 'no_recent_reading') over () as silent_total,
    count(*) filter (where l.place = 'unknown' and l.rule <> 'no_recent_reading') over () as untold_total,
    (
        select sum(amber_shown)::bigint
        from budget
        where $clinic_id::varchar is null or clinic_id = $clinic_id
    ) as amber_budget
from line l
join person n using (episode_id)
where ($clinic_id::varchar is null or l.clinic_id = $clinic_id)
    and ($surgeon::varchar is null or l.surgeon = $surgeon)
qualify row_number() over (partition by l.place, l.verdict order by l.raised_on desc nulls last, l.episode_id) <= $most
order by l.place = 'closed', l.verdict_rank, l.raised_on desc nulls last, l.episode_id
