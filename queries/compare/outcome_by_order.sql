-- question  By which outcomes can groups be compared, in words?
-- grain     instrument
-- column    instrument  varchar  instrument code
-- column    label       varchar  in few words
-- column    whole       varchar  in all its words
-- missing   never empty
-- source    data/reference/instrument.csv
select instrument, short_label as label, label as whole
from instrument
order by panel_order
