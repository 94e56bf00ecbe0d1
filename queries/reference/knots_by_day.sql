-- question  Which published knots, after the day of the procedure, make each expected course?
-- grain     timeline_version, instrument, day
-- column    timeline_version    varchar  the version of the timeline
-- column    instrument          varchar  instrument code
-- column    day                 integer  days after the procedure
-- column    mean                double   in the instrument's unit
-- column    sd                  double   in the instrument's unit
-- column    distribution        varchar  beta_binomial, beta, or mean_only where no spread was published
-- column    reference_baseline  double   baseline of the reference patient
-- column    baseline_slope      double   how much the mean moves for each point of baseline
-- column    minimum             double   lowest possible score
-- column    maximum             double   highest possible score
-- source    data/reference/reference_curve.csv, row by row
select
    c.timeline_version,
    c.instrument,
    c.day,
    c.mean,
    c.sd,
    s.distribution,
    s.reference_baseline,
    s.baseline_slope,
    i.minimum,
    i.maximum
from reference_curve c
join reference_set s using (timeline_version, instrument)
join instrument i using (instrument)
where c.day > 0
order by c.timeline_version, c.instrument, c.day
