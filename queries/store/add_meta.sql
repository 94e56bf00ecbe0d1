-- question  Say something about this store under a key that it doesn't have yet.
-- grain     key
-- param     key    varchar  synthetic  such as synthetic
-- param     value  varchar  true       the text to keep
insert into store_meta (name, value)
select $key, $value
where not exists (select 1 from store_meta where name = $key)
