-- question  Of which patients does every clear score stand in its course already?
-- grain     patient_id
-- after     import/clear_scores
-- after     import/make_doubtful
-- source    Those with one course at most: import/clear_scores has placed their scores
create or replace temp table placed_patient as
select patient_id
from person
where turn in (select turn from clear_row where row_id not in (select row_id from doubtful))
    and turn not in (select turn from course group by turn having count(*) > 1)
