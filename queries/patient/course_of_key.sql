-- question  Whose course is meant by an address, and which other courses does this person have?
-- grain     episode_id
-- param     key    varchar  demo-key    the opaque key in the address
-- param     as_of  date     2026-11-23  the day on which the age is told
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    episode_id     varchar  the course
-- column    patient_id     varchar  the patient
-- column    name           varchar  given and family name, where known
-- column    age_words      varchar  years; two numbers where the birth date is partly known
-- column    sex            varchar  as given
-- column    died_on        date     where known
-- column    clinic_id      varchar  the clinic
-- column    clinic         varchar  its name
-- column    surgeon        varchar  as given
-- column    pathway_label  varchar  the kind of procedure in words
-- column    levels         varchar  such as T12;L1
-- column    cause_label    varchar  of the fracture, in words
-- column    performed_on   date     day 0
-- column    zero_on        date     day 0, or the first score where there is no procedure
-- column    zero_clock     timestamp  the procedure's time on the clinic's clock
-- column    courses        struct(episode_key varchar, "label" varchar)[]  all courses of this person, earliest first
-- missing   no row: an unknown key; zero_clock null where no time is known, or the clocks change within three days
-- source    Age: from a whole or partial birth date
with asked as (
    select s.*
    from episode_summary s
    where s.key_number = md5_number_lower($key) and s.episode_key = $key
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], s.clinic_id))
),

other as (
    select
        s.patient_id,
        list({
            'episode_key': s.episode_key,
            'label': coalesce(strftime(s.performed_on, '%-d %b %Y'), 'no procedure')
                || coalesce(' · ' || replace(s.levels, ';', ', '), '')
        } order by s.performed_on) as courses
    from episode_summary s
    join asked a using (patient_id)
    group by s.patient_id
),

born as (
    select
        p.*,
        try_cast(rpad(p.birth_date, 10, '-01-01'[length(p.birth_date) - 3:]) as date) as earliest,
        case length(p.birth_date)
            when 4 then try_cast(p.birth_date || '-12-31' as date)
            when 7 then last_day(try_cast(p.birth_date || '-01' as date))
            else try_cast(p.birth_date as date)
        end as latest
    from patient p
    join asked a using (patient_id)
    where p.retracted_at is null
)

select
    a.episode_id,
    a.patient_id,
    nullif(concat_ws(' ', b.given_name, b.family_name), '') as name,
    case
        when date_sub('year', b.earliest, $as_of::date) = date_sub('year', b.latest, $as_of::date)
            then date_sub('year', b.latest, $as_of::date)::varchar
        else date_sub('year', b.latest, $as_of::date) || '–' || date_sub('year', b.earliest, $as_of::date)
    end as age_words,
    b.sex,
    b.died_on,
    a.clinic_id,
    coalesce(c.name, a.clinic_id) as clinic,
    a.surgeon,
    w.label as pathway_label,
    replace(a.levels, ';', ', ') as levels,
    u.label as cause_label,
    a.performed_on,
    coalesce(a.performed_on, a.first_score_on, $as_of::date) as zero_on,
    case
        when timezone(c.time_zone, timezone('UTC', a.performed_at + interval 72 hours))
            = timezone(c.time_zone, timezone('UTC', a.performed_at)) + interval 72 hours
            then timezone(c.time_zone, timezone('UTC', a.performed_at))
    end as zero_clock,
    o.courses
from asked a
join born b on true
join other o on o.patient_id = a.patient_id
left join clinic c on c.clinic_id = a.clinic_id and c.retracted_at is null
left join pathway w on w.pathway = a.pathway
left join episode e on e.episode_id = a.episode_id and e.retracted_at is null
left join cause u on u.cause = e.cause
