-- question  Which patients are written next?
-- grain     patient_id
-- param     first  bigint  1     number of the first
-- param     last   bigint  1000  number of the last
-- after     export/number_patients
create or replace temp table chosen as
select patient_id, turn, id, subject
from numbered
where turn between $first and $last
