-- question  Keep the observations that are told and have a known code, just as they were read.
-- grain     row_id
-- param     first    bigint   1  the id that the first line's row would have
-- param     file_no  integer  0  the file
-- uses      import/instrument_by_code as coded
-- after     import/read_observations
-- after     import/open_raw_scores
insert into raw_scores
select
    $first + o.line - 1,
    $file_no,
    o.line,
    'fhir:Observation/' || o.id,
    o.updated,
    case when o.status <> 'final' then 'true' end,
    o.patient_id,
    null,
    o.taken_at,
    c.instrument,
    o.number,
    o.unit,
    o.unit_system,
    null,
    null,
    null,
    null
from observation_line o
join coded c on c.system = o.code_system and c.code = o.code
where o.is_told
