-- question  What does this store say about itself under one key?
-- grain     value
-- param     key    varchar  synthetic  such as synthetic
-- column    value  varchar  the text that was set
-- missing   no row: never set
select value
from store_meta
where name = $key
