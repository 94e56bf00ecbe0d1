-- question  Define how text cells are read: blanks, numbers, dates and times, and what is wrong with them.
-- grain     none
-- source    A time without an offset is the clinic's local time; in the hour that comes twice in autumn, the later one
create or replace temp macro cell(t) as nullif(trim(t, e' \t\r\n\u00a0\ufeff'), '');
create or replace temp macro plain(x) as regexp_replace(cast(x as varchar), '\.0$', '');
create or replace temp macro id_fault(t) as case
    when t is null then 'is empty: give the id'
    when regexp_matches(t, '[[:cntrl:]]') then 'holds a control character, such as a line break: give the id alone'
    when length(t) > 200 then 'is longer than 200 characters: this is not an id'
    when starts_with(t, 'patient:') then 'begins with "patient:", which is kept for patients without a procedure: choose another id'
end;
create or replace temp macro number_form(t) as regexp_full_match(t, '[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?');
create or replace temp macro number_of(t) as case when number_form(t) and isfinite(try_cast(t as double)) then try_cast(t as double) end;
create or replace temp macro number_fault(t) as case
    when t is null or number_of(t) is not null then null
    when regexp_full_match(t, '[+-]?[0-9]+,[0-9]+') then 'has a decimal comma: write a decimal point, as in 7.5'
    when lower(t) in ('nan', 'inf', '-inf', '+inf', 'infinity', '-infinity', 'na', 'n/a', 'null', 'none')
        then 'is not a number: leave the cell empty where nothing was measured'
    else 'is not a number: write digits and, where needed, a decimal point'
end;
create or replace temp macro moment_form(t) as regexp_full_match(t,
    '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?)?');
create or replace temp macro moment_wall(t) as case when moment_form(t)
    then try_cast(regexp_replace(t, '(Z|[+-][0-9]{2}:[0-9]{2})$', '') as timestamp) end;
create or replace temp macro moment_offset(t) as case
    when length(t) <= 10 then null
    when t like '%Z' then 0
    when regexp_matches(t, '[+-][0-9]{2}:[0-9]{2}$')
        then case when t[-6] = '-' then -1 else 1 end * (cast(t[-5:-4] as integer) * 60 + cast(t[-2:] as integer))
end;
create or replace temp macro moment_at(t, zone) as case
    when length(t) <= 10 then null
    when moment_offset(t) is not null then moment_wall(t) - to_minutes(moment_offset(t))
    else timezone('UTC', timezone(zone, moment_wall(t)))
end;
create or replace temp macro moment_on(t, zone) as cast(case
    when length(t) <= 10 or moment_offset(t) is null then moment_wall(t)
    else timezone(zone, timezone('UTC', moment_at(t, zone)))
end as date);
create or replace temp macro moment_text(t, zone) as moment_on(t, zone) || coalesce(' ' || moment_at(t, zone), '');
create or replace temp macro text_on(m) as cast(m[1:10] as date);
create or replace temp macro text_at(m) as try_cast(nullif(m[12:], '') as timestamp);
create or replace temp macro moment_fault(t, zone, today, birth_from, died_on) as case
    when t is null then 'is empty: give the date'
    when not moment_form(t) then 'is not a date that we read: write 2026-03-01, 2026-03-01T14:30, 2026-03-01T14:30:00Z or 2026-03-01T14:30+01:00'
    when moment_wall(t) is null then 'does not exist in the calendar: check day and month'
    when year(moment_wall(t)) < 1900 then 'is before 1900: check the year'
    when length(t) > 10 and moment_offset(t) is null and timezone(zone, timezone(zone, moment_wall(t))) <> moment_wall(t)
        then 'does not exist in the clinic''s time zone ' || zone || ', the clocks went forward over it: give the offset from UTC'
    when moment_on(t, zone) > today then 'lies in the future: today is ' || today || ' at the clinic'
    when moment_on(t, zone) < birth_from then 'lies before the patient''s birth: check the date and the patient'
    when moment_on(t, zone) > died_on then 'lies after the patient''s death: check the date and the patient'
end;
create or replace temp macro truth(t) as case
    when lower(t) in ('true', 'yes', '1') then 'true'
    when lower(t) in ('false', 'no', '0') then 'false'
end;
create or replace temp macro birth_from(t) as case when regexp_full_match(t, '[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?')
    then try_cast(left(t || '-01-01', 10) as date) end;
