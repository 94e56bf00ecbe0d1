-- question  Which pathway does each procedure code name?
-- grain     system, code
-- column    system     varchar  the code system's address
-- column    code       varchar  the code
-- column    pathway    varchar  the pathway
-- column    is_add_on  boolean  whether it only adds a level to another procedure
select system, code, pathway, is_add_on
from procedure_code
order by system, code
