-- question  What does each medication row say, and what is wrong with it?
-- grain     row_id
-- after     import/define_unknown
-- after     import/define_plain
-- after     import/define_truth
-- after     import/define_number_fault
-- after     import/define_moment_fault
-- after     import/open_medications
-- after     import/make_courses
-- after     import/open_outcomes
-- after     import/place_medications
-- after     import/open_checks
-- source    Whether a drug is an opioid: as said, else by data/reference/drug.csv, else not known
insert into checked
with known as (
    select
        s.* exclude (patient_id, episode_id),
        coalesce(s.episode_id, l.episode_id) as episode_id,
        s.patient_id as given_patient,
        moment_fault(s.started_on, c.zone, c.today, c.born_from, c.died_on) as started_on_fault,
        moment_fault(s.stopped_on, c.zone, c.today, c.born_from, c.died_on) as stopped_on_fault,
        c.patient_id, c.zone, c.today, c.born_from, c.died_on, c.performed_on, c.timeline_version,
        lower(s.drug) as drug_word
    from staged_medications s
    left join placed_medications l on l.row_id = s.row_id
    left join course c on c.episode_id = coalesce(s.episode_id, l.episode_id)
    where s.row_id not in (select row_id from outcome)
),

judged as (
    select *, case
        when episode_id is null and given_patient is not null
            then ['subject', given_patient, unknown(given_patient, 'patient')]
        when episode_id is null then ['episode_id', null, 'is empty: give the episode''s id']
        when patient_id is null then ['episode_id', episode_id, unknown(episode_id, 'episode')]
        when drug is null then ['drug', null, 'is empty: give the drug''s name']
        when started_on_fault is not null then ['started_on', started_on, started_on_fault]
        when stopped_on is not null and stopped_on_fault is not null then ['stopped_on', stopped_on, stopped_on_fault]
        when moment_on(stopped_on, zone) < moment_on(started_on, zone) then ['stopped_on', stopped_on, 'lies before the start: check both dates']
        when number_fault(dose) is not null then ['dose', dose, number_fault(dose)]
        when number_of(dose) < 0 then ['dose', dose, 'is negative: check the dose']
        when opioid is not null and truth(opioid) is null then ['opioid', opioid, 'is neither true nor false: write true, false, yes, no, 1 or 0']
    end as fault
    from known
)

select
    row_id,
    file_no,
    line,
    origin,
    false,
    patient_id,
    null,
    concat_ws(chr(31), episode_id, drug_word, cast(moment_on(started_on, zone) as varchar)),
    [
        patient_id, episode_id, drug_word,
        cast(moment_on(started_on, zone) as varchar), cast(moment_on(stopped_on, zone) as varchar),
        plain(number_of(dose)), unit, truth(opioid)
    ],
    fault[1],
    fault[2],
    fault[3]
from judged
