-- question  What does each diagnosis code say of a vertebral fracture?
-- grain     system, code_prefix
-- column    system             varchar  the code system's address
-- column    code_prefix        varchar  how the code begins
-- column    cause              varchar  the cause of the fracture
-- column    dates_fracture  boolean  whether its onset is the day of the fracture
-- column    within_days        integer  at most so many days before the procedure
-- missing   cause: the code says none
select system, code_prefix, cause, dates_fracture, within_days
from condition_code
order by system, code_prefix
