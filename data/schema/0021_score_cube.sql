-- How many daily values of which height each clinic, age and week has: rows add up, so that a write only adds its change.
alter table episode_summary add column age integer;

update episode_summary
set age = told.age
from (
    select
        s.episode_id,
        coalesce(
            date_sub('year', try_cast(p.birth_date as date), s.performed_on),
            year(s.performed_on) - try_cast(p.birth_date[:4] as integer)
        )::integer as age
    from episode_summary s
    join patient p on p.patient_id = s.patient_id and p.retracted_at is null
) told
where told.episode_id = episode_summary.episode_id;

create table score_cube (
    clinic_id varchar not null,
    age_from integer,
    instrument varchar not null,
    week integer not null,
    value double not null,
    scores bigint not null,
    courses bigint not null
);

insert into score_cube
select clinic_id, age_from, instrument, week, value, count(*), count(*) filter (where week is distinct from week_before)
from (
    select
        clinic_id,
        age // 10 * 10 as age_from,
        primary_instrument as instrument,
        unnest([v.day // 7 for v in daily_values]) as week,
        unnest([v.value for v in daily_values]) as value,
        unnest(list_prepend(null, [v.day // 7 for v in daily_values])[:len(daily_values)]) as week_before
    from episode_summary
    where performed_on is not null
)
where value is not null
group by all
order by all;
