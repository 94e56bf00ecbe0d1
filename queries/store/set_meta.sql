-- question  Change what this store says about itself under a key that it has.
-- grain     key
-- param     key    varchar  synthetic  such as synthetic
-- param     value  varchar  true       the text to keep
update store_meta
set value = $value
where name = $key
