-- question  Which items of questionnaires are in a de-identified export?
-- grain     patient, instrument, taken_on, turn, item
-- after     export/draw_patients
-- after     export/draw_keys
-- after     export/draw_surgeons
-- column    patient  varchar  a random id
-- column    instrument  varchar  the instrument
-- column    taken_on  date  shifted
-- column    turn  bigint  which of that day, as in the scores
-- column    item  integer  its number in the questionnaire
-- column    points  integer  after the coding; null where there was no answer
-- column    scoring_rule  varchar  a rule of data/reference/scoring_rule.csv
-- missing   no row: nothing is stored; null: an empty cell
with scored as (
    select
        k.patient,
        s.score_id,
        s.instrument,
        s.taken_on - k.back as taken_on,
        row_number() over (partition by s.patient_id, s.instrument, s.taken_on order by s.taken_at, s.score_id) as turn
    from score s
    join patient_drawn k using (patient_id)
    where s.retracted_at is null
)

select
    s.patient,
    s.instrument,
    s.taken_on,
    s.turn,
    i.item,
    i.points,
    i.scoring_rule
from scored s
join score_item i using (score_id)
where i.retracted_at is null
order by s.patient, s.taken_on, s.instrument, s.turn, i.item
