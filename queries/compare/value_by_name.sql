-- question  By which settings is a comparison made?
-- grain     name
-- column    name   varchar  the setting
-- column    value  double   in its unit
-- missing   never empty
-- source    data/reference/comparison_value.csv; thin_share of call_value.csv
select name, value from comparison_value
union all
select name, value from call_value where name = 'thin_share'
order by name
