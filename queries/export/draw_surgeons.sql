-- question  Draw a random name for each surgeon who has treated `least` patients or more; the others stay blank.
-- grain     surgeon
-- param     least  bigint  11  the smallest group that may be told apart
create or replace temp table surgeon_drawn as
select surgeon, 'surgeon ' || row_number() over (order by lot) as drawn
from (
    select surgeon, uuid() as lot
    from episode
    where retracted_at is null and surgeon is not null
    group by surgeon
    having count(distinct patient_id) >= $least
)
