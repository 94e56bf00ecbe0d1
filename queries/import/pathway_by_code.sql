-- question  Which pathway does each procedure code name?
-- grain     system, code
-- column    system     varchar  the code system's address
-- column    code       varchar  the code
-- column    pathway    varchar  the pathway
-- column    adds_level  boolean  whether it only adds a level to another procedure
select system, code, pathway, adds_level
from procedure_code
union all
select 'https://plumbline.example/fhir/pathway', pathway, pathway, false
from pathway
order by system, code
