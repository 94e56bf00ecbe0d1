-- question  Define what is said of a number outside a range; of those that often stand for a missing value more.
-- grain     one row
create or replace temp macro range_fault(number, span) as 'lies outside ' || span || case
    when number in (-1, -8, -9, -88, -99, -999, 77, 88, 99, 777, 888, 999, 8888, 9999)
        then ': empty the cell if it stands for a missing value, else check the value and the instrument'
    else ': check the value and the instrument'
end
