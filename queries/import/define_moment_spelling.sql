-- question  Define why a text is no date or time that we read, in words that say what to do.
-- grain     one row
-- source    Spreadsheets count days from 1899-12-30
create or replace temp macro moment_spelling(t) as case
    when regexp_matches(t, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') then 'does not exist in the calendar: check day and month'
    when regexp_full_match(t, '[2-5][0-9]{4}([.][0-9]+)?')
        then 'is a spreadsheet''s number of a day, likely ' || (date '1899-12-30' + cast(t[1:5] as integer))
            || ': format the column as a date and export it again'
    when regexp_full_match(t, '#+') then 'is no date: the column was too narrow in the spreadsheet. Widen it and export it again'
    when regexp_full_match(t, '[0-9]{1,2}([./-])[0-9]{1,2}[./-][0-9]{2}.*') and not regexp_matches(t, '[0-9]{4}')
        then 'has a year of two digits: write it as 2026-03-01'
    when regexp_full_match(t, '[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}.*')
        then 'does not say which is day and which is month: write 2026-03-01, or read the file through a mapping'
    when regexp_matches(t, '[0-9] ?[aApP][mM]$') then 'has AM or PM: write the hour from 0 to 23, as in 2026-03-01T14:30'
    when regexp_matches(t, '[0-9] ?[A-Z]{3,5}$')
        then 'names its time zone in letters: write the offset from UTC, as in 2026-03-01T14:30+01:00'
    else 'is not a date or time that exists and that we read: write 2026-03-01, 2026-03-01T14:30, 2026-03-01T14:30:00Z or 2026-03-01T14:30+01:00'
end
