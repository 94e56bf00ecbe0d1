-- question  Define what clock and calendar show at a date or time as written; missing where that is no date.
-- grain     one row
create or replace temp macro moment_wall(t) as case
    when regexp_full_match(
        t,
        '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?)?'
    )
    then try_cast(case when length(t) > length('2026-03-01T14:30') then regexp_replace(t, '(Z|[+-][0-9]{2}:[0-9]{2})$', '') else t end as timestamp)
end
