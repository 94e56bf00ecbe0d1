-- question  Where does each knot of a course's expected band come from?
-- grain     day
-- param     episode_id  varchar  demo-0001  the course
-- column    day         integer  days after the procedure
-- column    mean        double   in the instrument's unit
-- column    sd          double   in the instrument's unit
-- column    sd_status   varchar  pooled, interpolated, assumed …
-- column    confidence  varchar  checked, or how sure the recollection is
-- column    studies     varchar  the studies with a value on that day, with their n
-- column    source      varchar  how the knot was made
-- column    is_signed   boolean  a clinician has signed this row
-- missing   no row: no published reference for this pathway
-- source    data/reference/reference_curve.csv and reference_evidence.csv
with evidence as (
    select
        timeline_version, instrument, knot_day,
        string_agg(study || ' (n ' || coalesce(n, 'not given') || ')', ', ' order by study) as studies
    from reference_evidence
    where mean is not null
    group by timeline_version, instrument, knot_day
)

select
    c.day,
    c.mean,
    c.sd,
    c.sd_status,
    case when c.confidence = 'verified' then 'checked' else replace(c.confidence, '_', ', ') end as confidence,
    e.studies,
    c.source,
    c.reviewed_by is not null as is_signed
from episode_summary s
join reference_curve c on c.timeline_version = s.timeline_version and c.instrument = s.primary_instrument
left join evidence e on e.timeline_version = c.timeline_version and e.instrument = c.instrument and e.knot_day = c.day
where s.episode_id = $episode_id and c.day > 0
order by c.day
