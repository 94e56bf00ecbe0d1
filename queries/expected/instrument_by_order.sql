-- question  Which instruments are there?
-- grain     instrument
-- column    instrument  varchar  instrument code
-- missing   never empty
select instrument
from instrument
order by panel_order
