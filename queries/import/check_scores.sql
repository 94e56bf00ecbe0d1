-- question  What does each score row say, and what is wrong with it?
-- grain     row_id
-- after     import/define_range_fault
-- after     import/define_unknown
-- after     import/define_plain
-- after     import/define_number_fault
-- after     import/define_moment_fault
-- after     import/open_outcomes
-- after     import/open_scores
-- after     import/make_persons
-- after     import/make_courses
-- after     import/open_checks
-- after     import/define_items_same
-- after     import/define_items_fault
-- after     import/define_prorated
-- source    A status other than done has no value; missing is never 0. A scale's unit may be in any words, but as a
-- source    UCUM code it must be known, or an annotation in braces: any other has a dimension
-- source    A score worked out from the items that were answered may lie between whole numbers, to one decimal at least
insert into checked
with known as (
    select
        s.*,
        c.patient_id as course_patient,
        p.patient_id as person_id, p.zone, p.today, p.born_from, p.died_on,
        i.instrument as known_instrument, i.minimum, i.maximum, i.is_integer, i.unit as instrument_unit,
        lower(coalesce(s.status, 'done')) as status_word,
        t.has_value,
        number_of(s.value) as number,
        number_fault(s.value) as number_fault,
        moment_fault(s.taken_at, p.zone, p.today, p.born_from, p.died_on) as taken_fault,
        moment_text(s.taken_at, p.zone) as taken,
        s.unit is null or u.alias is not null
            or f.alias is null and i.unit in (select unit from unit_alias where alias = '{score}')
                and (s.unit_system is distinct from 'http://unitsofmeasure.org' or starts_with(s.unit, '{')) as is_unit
    from staged_scores s
    left join course c on c.episode_id = s.episode_id
    left join person p on p.patient_id = coalesce(s.patient_id, c.patient_id)
    left join instrument i on i.instrument = lower(s.instrument)
    left join score_status t on t.status = lower(coalesce(s.status, 'done'))
    left join unit_alias u on u.unit = i.unit and u.alias = lower(s.unit)
    left join (select distinct alias from unit_alias where not starts_with(alias, '{')) f on f.alias = lower(s.unit)
    where s.row_id not in (select row_id from outcome)
),

judged as (
    select *, case
        when patient_id is null and episode_id is null then ['patient_id', null, 'is empty: give the patient''s or the episode''s id']
        when episode_id is not null and course_patient is null
            then ['episode_id', episode_id, unknown(episode_id, 'episode')]
        when patient_id <> course_patient then ['episode_id', episode_id, 'belongs to another patient than the one in patient_id: correct one of them']
        when person_id is null
            then ['patient_id', patient_id, unknown(patient_id, 'patient')]
        when instrument is null then ['instrument', null, 'is empty: give the instrument, such as nrs_back']
        when known_instrument is null then ['instrument', instrument, 'is not a known instrument: write one of data/reference/instrument.csv, such as nrs_back']
        when taken_fault is not null then ['taken_at', taken_at, taken_fault]
        when has_value is null then ['status', status, 'is not a known status: write done, unable, not_tried or refused']
        when not has_value and value is not null then ['value', value, 'stands beside the status ' || status_word || ', which has no value: empty the value, or write done']
        when has_value and value is null then ['value', null, 'is empty: give the score, or the status unable, not_tried or refused']
        when number_fault is not null then ['value', value, number_fault]
        when not is_unit
            then ['value', value || ' ' || unit, 'is in another unit than ' || instrument_unit || ': convert it before the import']
        when number < minimum or number > maximum
            then ['value', value, range_fault(number, plain(minimum) || ' to ' || plain(maximum) || ', the range of ' || known_instrument)]
        when is_integer and number <> floor(number) and items is null and not is_prorated(number, known_instrument)
            then ['value', value, 'is not a whole number, as ' || known_instrument || ' needs: check the value and the instrument']
        when items_fault(items, known_instrument, number) is not null
            then ['items', items, items_fault(items, known_instrument, number)]
    end as fault
    from known
)

select
    row_id,
    file_no,
    line,
    origin,
    coalesce(overrules = 'true', false),
    person_id,
    recorded_by,
    concat_ws(chr(31), person_id, known_instrument, taken),
    [person_id, known_instrument, taken, case when has_value then plain(number) else status_word end, lower(context),
        items_same(items)],
    fault[1],
    fault[2],
    fault[3]
from judged
