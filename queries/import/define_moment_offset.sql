-- question  Define the offset from UTC that a time is written with, in minutes; missing where there is none.
-- grain     one row
create or replace temp macro moment_offset(t) as case
    when t not like '%:%' then null
    when t like '%Z' then 0
    when regexp_matches(t, '[+-][0-9]{2}:[0-9]{2}$')
    then case when t[-6] = '-' then -1 else 1 end * (cast(t[-5:-4] as integer) * 60 + cast(t[-2:] as integer))
end
