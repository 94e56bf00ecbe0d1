-- question  Which rows must be looked at one by one: all those of a patient of whom one row isn't clear, or two speak of one fact?
-- grain     row_id
-- after     import/clear_scores
-- source    Rows of different patients never concern each other, unless they come from one resource
create or replace temp table doubtful as
with unclear as (
    select distinct turn, patient_said, episode_said
    from clear_row
    where not is_clear
),

repeated as (
    select turn
    from clear_row
    where is_clear
    group by turn, key
    having count(*) > 1
),

shared as (
    select turn
    from clear_row
    where origin in (select origin from clear_row where origin is not null group by origin having count(*) > 1)
),

patient as (
    select turn from unclear
    union select turn from repeated
    union select turn from shared
    union select p.turn from unclear u join person p on p.patient_id = u.patient_said
    union select c.turn from unclear u join course c on c.episode_id = u.episode_said
)

select row_id
from clear_row
where not is_clear or turn in (select turn from patient where turn is not null)
