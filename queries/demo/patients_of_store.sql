-- question  How many patients does this store hold?
-- grain     patients
-- column    patients  bigint  current patients
-- source    the store
select count(*) as patients
from patient
where retracted_at is null
