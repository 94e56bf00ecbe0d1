-- question  What was entered, corrected, taken back and undone about this patient, latest first?
-- grain     change_id
-- param     patient_id  varchar  DEMO-P0001  the patient
-- param     entry_id    varchar  null        what was saved together; null for all
-- uses      history/fact_by_patient as fact
-- column    change_id      varchar    the action
-- column    entry_id       varchar    what was saved together
-- column    changed_local  timestamp  the clinic's clock
-- column    changed_by     varchar    who
-- column    action         varchar    added, corrected, retracted or undone
-- column    kind           varchar    the kind of fact
-- column    fact_id        varchar    the row after it, else the one before
-- column    what           varchar    what it is about
-- column    moment_on      date       the day that it is about
-- column    from_said      varchar    what was said before; its author wrote it, never trust it
-- column    from_on        date       the day before, where it differs
-- column    to_said        varchar    what is said since; its author wrote it, never trust it
-- column    why            varchar    the reason given; its author wrote it, never trust it
-- column    is_undone      boolean    taken back since
-- column    is_first       boolean    the first of what was saved together
-- missing   no row: nothing; from_said null: added; to_said null: taken back
with zone as (
    select coalesce(any_value(c.time_zone), 'UTC') as time_zone
    from patient p
    join clinic c on c.clinic_id = p.clinic_id and c.retracted_at is null
    where p.patient_id = $patient_id and p.retracted_at is null
)

select
    c.change_id,
    c.entry_id,
    c.changed_at at time zone 'UTC' at time zone z.time_zone as changed_local,
    c.changed_by,
    c.action,
    c.kind,
    coalesce(c.fact_id, c.previous_id) as fact_id,
    coalesce(n.what, b.what, c.kind) as what,
    coalesce(n.moment_on, b.moment_on) as moment_on,
    b.said as from_said,
    if(b.moment_on <> n.moment_on, b.moment_on, null) as from_on,
    n.said as to_said,
    c.why,
    c.entry_id in (select undoes from change where patient_id = $patient_id and undoes is not null) as is_undone,
    row_number() over (partition by c.entry_id order by c.change_id) = 1 as is_first
from change c
cross join zone z
left join fact n on n.fact_id = c.fact_id
left join fact b on b.fact_id = c.previous_id
where c.patient_id = $patient_id and ($entry_id is null or c.entry_id = $entry_id)
order by c.changed_at desc, c.change_id
