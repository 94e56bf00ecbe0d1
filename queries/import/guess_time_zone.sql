-- question  Which time zone is assumed for a clinic that is named by a patient but isn't known?
-- grain     time_zone
-- after     import/define_cell
-- after     import/define_moment_offset
-- after     import/define_moment_wall
-- after     import/open_patients
-- after     import/open_episodes
-- after     import/open_conditions
-- after     import/open_raw_scores
-- after     import/open_raw_milestones
-- after     import/open_raw_notes
-- after     import/open_raw_events
-- source    Asked only where a patient names no known clinic. One offset on every time of the import, in whole hours: that offset; else the zone of this machine
create or replace temp table guess as
with stranger as (
    select count(*) as patients
    from staged_patients
    where clinic is null or clinic not in (select clinic_id from clinic where retracted_at is null)
),

written as (
    select taken_at as t from raw_scores
    union all select performed_at from staged_episodes
    union all select discharged_at from staged_episodes
    union all select died_on from staged_patients
    union all select "on" from raw_milestones
    union all select written_at from raw_notes
    union all select "on" from raw_events
    union all select onset from staged_conditions
),

moment as (
    select cell(t) as t
    from written
    where t like '%:%' and (select patients from stranger) > 0
),

seen as (
    select
        min(moment_offset(t)) as least,
        max(moment_offset(t)) as most,
        bool_and(moment_offset(t) is not null) as all_have
    from moment
    where moment_wall(t) is not null
),

named as (
    select case
        when least = 0 then 'UTC'
        when least > 0 then 'Etc/GMT-' || least // 60
        else 'Etc/GMT+' || -least // 60
    end as name
    from seen
    where all_have and least = most and least % 60 = 0
),

fixed as (
    select name
    from named
    where name in (select name from pg_timezone_names())
)

select
    coalesce(name, current_setting('TimeZone')) as time_zone,
    case
        when name is null then 'assumed: the time zone of this machine'
        else 'assumed: every time in the import has the same offset from UTC'
    end as source
from (select 1)
left join fixed on true
