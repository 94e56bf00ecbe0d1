-- question  Who opened the links of a patient, and when, newest first?
-- grain     attempt_id
-- param     patient_id  varchar  P-0001  the patient
-- param     most        bigint   20      so many at most
-- column    attempt_id  varchar    the try
-- column    tried_at    timestamp  UTC
-- column    holder      varchar    who holds the link
-- column    outcome     varchar    of share_word
-- missing   no row: nobody has tried
select
    a.attempt_id,
    a.tried_at,
    l.holder,
    a.outcome
from share_attempt a
join share_link l on l.link_id = a.link_id
where l.patient_id = $patient_id
order by a.tried_at desc, a.attempt_id
limit $most
