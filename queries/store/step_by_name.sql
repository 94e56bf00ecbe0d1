-- question  Which schema steps has this store taken?
-- grain     name
-- column    name    varchar  the step's file
-- column    digest  varchar  its hash
select name, digest
from schema_migration
order by name
