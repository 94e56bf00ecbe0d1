-- question  Which score status does each reason for a missing value mean?
-- grain     code
-- column    code    varchar  FHIR data-absent-reason
-- column    status  varchar  the score's status
-- missing   no row: the observation is not used
select code, status
from absent_reason
order by code
