-- question  For which instruments does a timeline have an expected course, and what kind of course is it?
-- grain     instrument
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- column    instrument          varchar  code
-- column    label               varchar  in words
-- column    distribution        varchar  beta_binomial, beta, or mean_only where no spread was published
-- column    reference_baseline  double   baseline of the reference patient
-- column    baseline_slope      double   how far the mean moves for each point of baseline
-- column    minimum             double   lowest possible score
-- column    maximum             double   highest possible score
-- column    direction           varchar  lower_better or higher_better
-- column    best_words          varchar  the better end in words
-- column    worst_words         varchar  the worse end in words
-- column    source              varchar  where distribution and slope come from
-- column    how_known           varchar  how sure that is, in words
-- source    data/reference/reference_set.csv
select
    s.instrument,
    i.label,
    s.distribution,
    s.reference_baseline,
    s.baseline_slope,
    i.minimum,
    i.maximum,
    i.direction,
    i.best_words,
    i.worst_words,
    s.source,
    w.label as how_known
from reference_set s
join instrument i using (instrument)
join evidence_word w on w.code = s.confidence
where s.timeline_version = $timeline_version
order by i.panel_order
