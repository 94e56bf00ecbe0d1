-- question  Which episode does each diagnosis explain: the next procedure after its onset, where only one fits?
-- grain     row_id
-- after     import/define_moment_fault
-- after     import/open_conditions
-- after     import/make_courses
-- after     import/open_checks
-- source    A diagnosis only fills what the episode doesn't say; the one nearest before the procedure counts
insert into checked
with fitting as (
    select
        s.*,
        c.episode_id,
        moment_on(s.onset, c.zone) as onset_on,
        c.fracture_on,
        c.cause as stored_cause,
        c.patient_id as person_id,
        rank() over (partition by s.row_id order by c.performed_on) as procedure_rank,
        moment_fault(s.onset, c.zone, c.today, c.born_from, c.died_on) as onset_fault
    from staged_conditions s
    join course c on c.patient_id = s.patient_id
        and moment_on(s.onset, c.zone) between c.performed_on - cast(s.within_days as integer) and c.performed_on
),

alone as (
    select *
    from fitting
    where procedure_rank = 1 and onset_fault is null
    qualify count(*) over (partition by row_id) = 1
),

nearest as (
    select *
    from alone
    qualify row_number() over (
        partition by episode_id
        order by dates_fracture = 'true' desc, onset_on desc, cause, origin, row_id
    ) = 1
)

select
    row_id,
    file_no,
    line,
    origin,
    false,
    person_id,
    null,
    episode_id,
    [
        null, null, null, null, null,
        case when dates_fracture = 'true' and coalesce(fracture_on, onset_on) = onset_on then cast(onset_on as varchar) end,
        case when coalesce(stored_cause, cause) = cause then cause end,
        null, null, null, null, null, null, null
    ],
    null,
    null,
    null
from nearest
where dates_fracture = 'true' and coalesce(fracture_on, onset_on) = onset_on or coalesce(stored_cause, cause) = cause
