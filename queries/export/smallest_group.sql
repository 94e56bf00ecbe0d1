-- question  How small is the smallest group of patients that a de-identified export tells apart?
-- grain     one row
-- after     export/draw_keys
-- column    patients  bigint  in the export
-- column    smallest  bigint  alike in clinic, sex and age group; what is blank counts as alike
-- missing   no row: nothing is stored; null: an empty cell
select
    coalesce(sum(n), 0)::bigint as patients,
    min(n) as smallest
from (select count(*) as n from patient_drawn group by clinic, sex, age_group)
