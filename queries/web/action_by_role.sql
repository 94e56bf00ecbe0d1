-- question  Which role may do what?
-- grain     role, action
-- column    role    varchar  the role's name, such as specialist
-- column    action  varchar  what it may do, such as view_patient
-- missing   no row: not allowed
-- source    data/reference/permission.csv
select
    role,
    action
from permission
order by role, action
