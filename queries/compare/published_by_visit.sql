-- question  What did published studies find at each visit?
-- grain     visit, study
-- param     instrument        varchar  nrs_back            instrument code
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- uses      compare/visit_by_place as stop
-- column    visit     varchar  the visit in whose window the study asked
-- column    place     integer  its place
-- column    study     varchar  name, year and number of patients
-- column    mean      double   the group's mean, in the instrument's unit
-- column    citation  varchar  where it was published, and how the figure was come by
-- missing   no row: nothing is published for this instrument in any visit's window
-- source    data/reference/reference_evidence.csv; of two figures of one study at a visit the one read in its source, then the nearer
select
    t.visit,
    t.place,
    e.study || coalesce(' ' || e.year, '') || case
        when e.n like '<=%' then ', n up to ' || replace(e.n, '<=', '') else coalesce(', n = ' || e.n, '')
    end as study,
    e.mean,
    e.source as citation
from reference_evidence e
join stop t on e.day between t.from_day and t.to_day and (e.day > 0) = (t.place > 0)
where e.instrument = $instrument and e.timeline_version = $timeline_version and e.mean is not null
qualify row_number() over (
    partition by t.visit, e.study, e.year
    order by e.confidence <> 'verified', abs(e.day - t.target_day), e.mean
) = 1
order by t.place, study
