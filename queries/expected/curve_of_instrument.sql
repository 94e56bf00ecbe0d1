-- question  Which published curve says what to expect on this instrument, and which values can it take?
-- grain     instrument
-- param     instrument  varchar  nrs_back  instrument code
-- column    instrument          varchar  instrument code
-- column    label               varchar  its name in words
-- column    unit                varchar  its unit
-- column    minimum             double   lowest possible score
-- column    maximum             double   highest possible score
-- column    is_integer          boolean  whether it has whole scores only
-- column    timeline_version    varchar  the newest timeline that has a curve for it
-- column    reference_baseline  double   baseline of the reference patient
-- missing   no row: no such instrument; timeline_version is null: no curve is published for it
select
    i.instrument,
    i.label,
    i.unit,
    i.minimum,
    i.maximum,
    i.is_integer,
    s.timeline_version,
    s.reference_baseline
from instrument i
left join reference_set s using (instrument)
left join timeline_version v using (timeline_version)
where i.instrument = $instrument
qualify row_number() over (order by v.published_on desc, s.timeline_version desc) = 1
order by i.instrument
