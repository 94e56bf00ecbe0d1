-- question  What does each clinic row say, and what is wrong with it?
-- grain     row_id
-- after     import/define_plain
-- after     import/define_truth
-- after     import/define_id_fault
-- after     import/define_number_fault
-- after     import/open_clinics
-- after     import/open_checks
-- source    A zone that was only assumed may be replaced, until times were read with it
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

judged as (
    select
        s.*,
        coalesce(c.source like 'assumed%', false) as is_assumed,
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
        end as fault
    from staged_clinics s
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
