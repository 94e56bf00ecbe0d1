-- question  Which current scores would today's rules refuse?
-- grain     code, patient_id, clinic_id, fact_id, since_on, found
-- column    code        varchar  impossible_value, as in data/reference/quality_check.csv
-- column    patient_id  varchar  the patient; null where it is about a clinic
-- column    episode_id  varchar  the course, where it is about one
-- column    clinic_id   varchar  the clinic; null where the patient's is meant
-- column    found       varchar  what was found, in a plain sentence
-- column    since_on    date     the day that it is about
-- column    fact_id     varchar  the row that it is about, where it is one
-- missing   no row: nothing found
-- source    Range of the instrument; a score made of items may be prorated, so that it is not whole
with odd as (
    select
        s.*, i.short_label, i.minimum, i.maximum,
        i.instrument is null as is_unknown,
        s.value < i.minimum or s.value > i.maximum as is_outside,
        i.is_integer and s.value <> floor(s.value) as is_broken,
        t.has_value is null or t.has_value <> (s.value is not null) as is_contradictory
    from score s
    left join instrument i on i.instrument = s.instrument
    left join score_status t on t.status = s.status
    where s.retracted_at is null
        and (
            i.instrument is null or t.has_value is null
            or s.value < i.minimum or s.value > i.maximum
            or i.is_integer and s.value <> floor(s.value)
            or t.has_value <> (s.value is not null)
        )
)

select
    'impossible_value' as code,
    o.patient_id,
    o.episode_id,
    null::varchar as clinic_id,
    case
        when o.is_unknown then format('{} is no instrument that is known.', o.instrument)
        when o.is_outside then format(
            '{} of {} lies outside {} to {}.',
            o.short_label, printf('%g', o.value), printf('%g', o.minimum), printf('%g', o.maximum)
        )
        when o.is_broken then format('{} of {} is not a whole number.', o.short_label, printf('%g', o.value))
        else format('{}: the value {} and the status {} contradict each other.',
            o.short_label, coalesce(printf('%g', o.value), 'none'), o.status)
    end as found,
    o.taken_on as since_on,
    o.score_id as fact_id
from odd o
where o.is_unknown or o.is_outside or o.is_contradictory
    or o.score_id not in (select score_id from score_item where retracted_at is null)
order by patient_id, clinic_id, since_on, fact_id, found
