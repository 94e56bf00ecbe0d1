-- question  Define what is wrong with a date or time; nothing: missing.
-- grain     one row
-- after     import/define_moment_text
-- after     import/define_moment_spelling
create or replace temp macro moment_fault(t, zone, today, born_from, died_on) as list_transform(
    [moment_read(t, zone)],
    lambda m: case
        when t is null then 'is empty: give the date'
        when m.wall is null then moment_spelling(t)
        when not regexp_matches(t, '^(19|2)') then 'is before 1900: check the year'
        when m.instant is not null and m.shift is null
            and timezone(zone, timezone(zone, m.wall)) <> m.wall
        then 'does not exist in the clinic''s time zone ' || zone || ', the clocks went forward over it: give the offset from UTC'
        when m.day > today then 'lies in the future: today is ' || today || ' at the clinic'
        when m.day < born_from then 'lies before the patient''s birth: check the date and the patient'
        when m.day > died_on then 'lies after the patient''s death: check the date and the patient'
    end
)[1]
