insert into score by name
select
    score.* replace (
        md5(score_id || twin.number) as score_id,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id
    )
from score, range(1, $times) as twin (number)
order by patient_id, taken_on, taken_at
