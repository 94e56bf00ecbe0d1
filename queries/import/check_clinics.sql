-- question  What does each clinic row say, and what is wrong with it?
-- grain     row_id
-- uses      settings/change_by_field as changed
-- after     import/define_plain
-- after     import/define_truth
-- after     import/define_id_fault
-- after     import/define_number_fault
-- after     import/open_clinics
-- after     import/open_checks
-- source    A zone that was only assumed may be replaced, until times were read with it
-- source    What staff changed in Plumbline is not brought back by a file that still says it; a new value needs --replace
insert into checked
with timed as (
    select distinct p.clinic_id
    from patient p
    join (
        select patient_id from score where taken_at is not null and retracted_at is null
        union all select patient_id from episode where performed_at is not null and retracted_at is null
        union all select patient_id from milestone_event where happened_at is not null and retracted_at is null
        union all select patient_id from note where written_at is not null and retracted_at is null
        union all select patient_id from event where happened_at is not null and retracted_at is null
    ) using (patient_id)
    where p.retracted_at is null
),

told as (
    select
        row_id,
        clinic,
        unnest([
            'name', 'phone_in_hours', 'phone_out_of_hours', 'emergency_number', 'amber_budget', 'pain_is_back_pain'
        ]) as field,
        unnest([
            name, phone_in_hours, phone_out_of_hours, emergency_number, format('{:g}', number_of(amber_budget)),
            truth(pain_is_back_pain)
        ]) as said
    from staged_clinics
),

settled_by_staff as (
    select
        t.row_id,
        min([t.field, t.said, 'was changed in Plumbline on ' || strftime(h.changed_at, '%Y-%m-%d')
            || ': it is not brought back. Correct it at its source, too']) filter (where h.said_before = t.said) as gone
    from told t
    join changed h on h.clinic_id = t.clinic and h.field = t.field and h.is_staff and h.said_now is distinct from t.said
    where t.said is not null
    group by t.row_id
),

judged as (
    select
        s.*,
        coalesce(c.source like 'assumed%' and w.row_id is null, false) as is_assumed,
        case
            when id_fault(s.clinic) is not null then ['clinic', s.clinic, id_fault(s.clinic)]
            when s.time_zone is null then ['time_zone', null, 'is empty: give a zone such as America/New_York or Europe/Berlin']
            when s.time_zone not in (select name from pg_timezone_names())
                then ['time_zone', s.time_zone, 'is not a known time zone: write one such as America/New_York or Europe/Berlin']
            when c.time_zone <> s.time_zone and s.clinic in (select clinic_id from timed)
                then ['time_zone', s.time_zone, 'differs from ' || c.time_zone || ', with which stored times were read: a zone can''t change after that']
            when number_fault(s.amber_budget) is not null then ['amber_budget', s.amber_budget, number_fault(s.amber_budget)]
            when number_of(s.amber_budget) < 0 then ['amber_budget', s.amber_budget, 'is negative: give flags per 100 patient-weeks, 0 or more']
            when s.pain_is_back_pain is not null and truth(s.pain_is_back_pain) is null
                then ['pain_is_back_pain', s.pain_is_back_pain, 'is neither true nor false: write true or false']
            else w.gone
        end as fault
    from staged_clinics s
    left join settled_by_staff w using (row_id)
    left join clinic c on c.clinic_id = s.clinic and c.retracted_at is null
)

select
    row_id,
    file_no,
    line,
    null,
    is_assumed,
    null,
    null,
    clinic,
    [
        name, time_zone, phone_in_hours, phone_out_of_hours, emergency_number, plain(number_of(amber_budget)),
        truth(pain_is_back_pain)
    ],
    fault[1],
    fault[2],
    fault[3]
from judged
