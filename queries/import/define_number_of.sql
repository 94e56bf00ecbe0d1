-- question  Define the number that a cell holds; missing where it holds none.
-- grain     one row
-- source    -0 is 0: two spellings of one number must not differ
create or replace temp macro number_of(t) as case
    when regexp_full_match(t, '[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?') and isfinite(try_cast(t as double))
    then try_cast(t as double) + 0
end
