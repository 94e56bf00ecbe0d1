-- question  Define what is wrong with a date or time; nothing: missing.
-- grain     one row
-- after     import/define_moment_text
create or replace temp macro moment_fault(t, zone, today, born_from, died_on) as case
    when t is null then 'is empty: give the date'
    when moment_wall(t) is null and regexp_matches(t, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')
    then 'does not exist in the calendar: check day and month'
    when moment_wall(t) is null
    then 'is not a date or time that exists and that we read: write 2026-03-01, 2026-03-01T14:30, 2026-03-01T14:30:00Z or 2026-03-01T14:30+01:00'
    when not regexp_matches(t, '^(19|2)') then 'is before 1900: check the year'
    when moment_at(t, zone) is not null and moment_offset(t) is null
        and timezone(zone, timezone(zone, moment_wall(t))) <> moment_wall(t)
    then 'does not exist in the clinic''s time zone ' || zone || ', the clocks went forward over it: give the offset from UTC'
    when moment_on(t, zone) > today then 'lies in the future: today is ' || today || ' at the clinic'
    when moment_on(t, zone) < born_from then 'lies before the patient''s birth: check the date and the patient'
    when moment_on(t, zone) > died_on then 'lies after the patient''s death: check the date and the patient'
end
