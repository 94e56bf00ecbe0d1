-- question  Which instrument does each code name?
-- grain     system, code
-- column    system      varchar  the code system's address
-- column    code        varchar  the code
-- column    instrument  varchar  the instrument
select system, code, instrument
from instrument_code
union all
select 'https://plumbline.example/fhir/instrument', instrument, instrument
from instrument
order by system, code
