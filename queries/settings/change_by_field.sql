-- question  Which setting of which clinic was ever changed: when, by whom, from what to what, and what is it now?
-- grain     clinic_id, changed_at, field
-- column    clinic_id    varchar    the clinic
-- column    changed_at   timestamp  when, UTC
-- column    changed_by   varchar    who
-- column    is_staff     boolean    by somebody in Plumbline, not by an import
-- column    field        varchar    the column of clinic
-- column    said_before  varchar    the value before, as text
-- column    said         varchar    the value that it got, as text
-- column    said_now     varchar    the value today, as text
-- missing   no row: nothing was ever changed; said_…: null where no value was given
with version as (
    select
        clinic_id,
        recorded_at,
        recorded_by,
        source like '%entered' as is_staff,
        [
            name, time_zone, phone_in_hours, phone_out_of_hours, emergency_number, format('{:g}', amber_budget),
            cast(pain_is_back_pain as varchar)
        ] as said
    from clinic
),

pair as (
    select
        *,
        lag(said) over turn as said_before,
        last_value(said) over (turn rows between unbounded preceding and unbounded following) as said_now,
        row_number() over turn as number
    from version
    window turn as (partition by clinic_id order by recorded_at)
),

told as (
    select
        clinic_id,
        recorded_at,
        recorded_by,
        is_staff,
        unnest([
            'name', 'time_zone', 'phone_in_hours', 'phone_out_of_hours', 'emergency_number', 'amber_budget',
            'pain_is_back_pain'
        ]) as field,
        unnest(said_before) as said_before,
        unnest(said) as said,
        unnest(said_now) as said_now
    from pair
    where number > 1
)

select
    clinic_id,
    recorded_at as changed_at,
    recorded_by as changed_by,
    is_staff,
    field,
    said_before,
    said,
    said_now
from told
where said is distinct from said_before
order by clinic_id, changed_at, field
