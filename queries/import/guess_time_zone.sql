-- question  Which time zone is assumed for a clinic that is named by a patient but isn't known?
-- grain     time_zone
-- source    One offset on every time of the import, in whole hours: that offset; else the zone of this machine
create or replace temp table guess as
with moment as (
    select taken_at as t from staged_scores
    union all select performed_at from staged_episodes
    union all select discharged_at from staged_episodes
    union all select died_on from staged_patients
    union all select "on" from staged_milestones
    union all select written_at from staged_notes
    union all select "on" from staged_events
    union all select onset from staged_conditions
),

seen as (
    select min(moment_offset(t)) as least, max(moment_offset(t)) as most, bool_and(moment_offset(t) is not null) as all_have
    from moment
    where length(t) > 10 and moment_form(t)
),

fixed as (
    select least // 60 as hours
    from seen
    where all_have and least = most and least % 60 = 0 and least between -720 and 840
)

select
    coalesce(case when hours = 0 then 'UTC' when hours > 0 then 'Etc/GMT-' || hours when hours < 0 then 'Etc/GMT+' || -hours end, current_setting('TimeZone')) as time_zone,
    case
        when hours is null then 'assumed: the time zone of this machine'
        else 'assumed: every time in the import has the same offset from UTC'
    end as source
from (select 1)
left join fixed on true
