-- question  Define what is wrong with a number; nothing, or an empty cell: missing.
-- grain     one row
-- after     import/define_number_of
create or replace temp macro number_fault(t) as case
    when t is null or number_of(t) is not null then null
    when regexp_full_match(t, '[+-]?[0-9]{1,3}([., ''][0-9]{3})+([.,][0-9]+)?')
        then 'has a sign between thousands, or a decimal comma: write the digits alone with a decimal point, as in 1234.5'
    when regexp_full_match(t, '[+-]?[0-9]+,[0-9]+') then 'has a decimal comma: write a decimal point, as in 7.5'
    when regexp_full_match(t, '[-+0-9.eE]+') and isinf(try_cast(t as double)) then 'is too large a number: check the value'
    when lower(t) in ('nan', 'inf', '-inf', '+inf', 'infinity', '-infinity', 'na', 'n/a', 'null', 'none')
        then 'is not a number: leave the cell empty where nothing was measured'
    when regexp_matches(t, '^[=#@]') then 'is not a number but a formula, or its error: export the values in place of the formulas'
    when regexp_full_match(t, '[+-]?[0-9.]+ ?%') then 'is not a number alone: write it without the sign for per cent'
    when regexp_matches(t, '^[<>≤≥~≈]') then 'is not an exact number: write the number that was given, or empty the cell'
    when regexp_full_match(t, '[0-9.]+ ?[-–/] ?[0-9.]+') then 'is not one number but two: write the one that counts'
    when regexp_full_match(t, '[+-]?[0-9.]+ ?[[:alpha:]].*') then 'is not a number alone: write it without the text beside it'
    else 'is not a number: write digits and, where needed, a decimal point'
end
