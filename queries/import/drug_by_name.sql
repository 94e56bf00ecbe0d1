-- question  Which medicines are read from EHR documents?
-- grain     drug
-- column    drug  varchar  generic name, in small letters
-- missing   no row: none is read
select drug
from drug
order by drug
