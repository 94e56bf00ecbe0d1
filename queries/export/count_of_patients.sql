-- question  How many patients are there?
-- grain     one row
-- column    patients  bigint  those who are stored now
select count(*) as patients
from patient
where retracted_at is null
