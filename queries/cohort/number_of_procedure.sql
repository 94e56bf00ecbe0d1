-- question  By which number are chosen procedures traced?
-- grain     number
-- frame     chosen  number integer, episode_id varchar
-- column    number     integer  the procedure, as numbered in the frame
-- column    procedure  ubigint  as in cohort/procedure_by_definition
-- missing   no row: the episode is not in the store
select
    c.number,
    ((md5_number_upper(s.patient_id) // 16777216) * 16777216 + md5_number_upper(c.episode_id) % 16777216)::ubigint
        as procedure
from chosen c
join episode_summary s on s.episode_id = c.episode_id
order by c.number
