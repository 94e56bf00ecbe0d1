-- question  How is what staff did about a flag told to the patient?
-- grain     answer
-- column    answer  varchar  one of data/reference/flag_answer.csv
-- column    title   varchar  in plain words
-- source    data/reference/patient_answer.csv
select answer, title
from patient_answer
order by answer
