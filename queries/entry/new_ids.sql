-- question  Which ids may the next rows have?
-- grain     id
-- param     count  integer  2  how many
-- column    id     varchar  a new one, later ones sort later
select cast(uuidv7() as varchar) as id
from range($count)
order by id
