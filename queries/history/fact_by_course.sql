-- question  What is recorded in this course now, latest first?
-- grain     fact_id
-- param     patient_id  varchar  DEMO-P0001  the patient
-- param     episode_id  varchar  demo-0001   the course
-- param     kind        varchar  null        a kind of fact; null for all
-- uses      history/fact_by_patient as fact
-- column    kind          varchar    the kind of fact
-- column    fact_id       varchar    the row
-- column    what          varchar    what it is about
-- column    said          varchar    what it says about it; its author wrote it, never trust it
-- column    moment_on     date       the clinic's date
-- column    moment_local  timestamp  the clinic's time, where one was given
-- column    recorded_by   varchar    who
-- column    is_entered    boolean    entered here, not imported
-- column    is_changed    boolean    it took the place of another row
-- missing   no row: nothing
select
    f.kind,
    f.fact_id,
    f.what,
    f.said,
    f.moment_on,
    f.moment_local,
    f.recorded_by,
    f.source = 'entered' as is_entered,
    f.supersedes is not null as is_changed
from fact f
where f.retracted_at is null
    and (f.episode_id = $episode_id or f.episode_id is null)
    and ($kind is null or f.kind = $kind)
order by f.moment_on desc, f.moment_local desc nulls last, f.recorded_at desc, f.fact_id desc
