-- question  What evidence stands behind each knot of an expected course?
-- grain     day, study, studied_on, studied_mean
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- param     instrument        varchar  nrs_back            instrument code
-- column    day           integer  the knot, days after the procedure; 0 is before it
-- column    mean          double   the curve's mean at the knot, in the instrument's unit
-- column    sd            double   the curve's spread at the knot
-- column    how_known     varchar  how the mean is known, in words
-- column    sd_known      varchar  how the spread is known, in words
-- column    made_of       varchar  how the knot was made
-- column    study         varchar  name of the study, with year and arm
-- column    n             varchar  people in that group
-- column    studied_on    integer  the day that was measured
-- column    studied_mean  double   the group's mean
-- column    studied_sd    varchar  the group's spread, as reported
-- column    citation      varchar  where it was published
-- column    study_known   varchar  how sure the figure is, in words
-- missing   study columns are null where a knot has no study of its own; studied_sd is null where none was reported
-- source    data/reference/reference_curve.csv and reference_evidence.csv, row by row
select
    c.day,
    c.mean,
    c.sd,
    mean_word.label as how_known,
    coalesce(sd_word.label, c.sd_status) as sd_known,
    c.source as made_of,
    e.study || coalesce(' ' || e.year, '') || coalesce(', ' || e.arm, '') as study,
    e.n,
    e.day as studied_on,
    e.mean as studied_mean,
    e.sd as studied_sd,
    e.source as citation,
    study_word.label as study_known
from reference_curve c
join evidence_word mean_word on mean_word.code = if(c.sd_status = 'interpolated', c.sd_status, c.confidence)
left join evidence_word sd_word on sd_word.code = c.sd_status
left join reference_evidence e
    on e.timeline_version = c.timeline_version and e.instrument = c.instrument and e.knot_day = c.day
left join evidence_word study_word on study_word.code = e.confidence
where c.timeline_version = $timeline_version and c.instrument = $instrument
order by c.day, study, studied_on, studied_mean
