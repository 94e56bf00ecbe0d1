-- question  What must be known of an instrument to compare by it?
-- grain     instrument
-- param     instrument  varchar  nrs_back  instrument code
-- column    instrument        varchar  its code
-- column    label             varchar  in words
-- column    short_label       varchar  in few words
-- column    domain            varchar  what it measures
-- column    unit              varchar  its unit
-- column    is_lower_better   boolean  or higher
-- column    minimum           double   lowest possible score
-- column    maximum           double   highest possible score
-- column    best_words        varchar  the better end
-- column    worst_words       varchar  the worse end
-- column    mic_points        double   smallest change that matters
-- column    mic_share         double   and as a share of the score before; both must be reached
-- column    error             double   smallest detectable change of one person
-- column    able_to_respond   double   a score before must be at least this far from the best to count as able to improve
-- column    acceptable        double   acceptable state: here or better
-- column    mic_source        varchar  where the change that matters comes from
-- column    how_known         varchar  how sure that is
-- column    timeline_version  varchar  the newest timeline, whose thresholds these are
-- missing   no row: no such instrument; mic columns are null where nothing is published, acceptable where there is no such state
-- source    meaningful_change.csv; of the primary instrument the thresholds of the newest timeline; acceptable_pain, odi_acceptable
with version as (
    select v.timeline_version, p.primary_instrument
    from timeline_version v
    join pathway p on p.pathway = v.pathway
    qualify row_number() over (order by v.published_on desc, v.timeline_version desc) = 1
),

told as (
    select
        any_value(v.timeline_version) as timeline_version,
        any_value(v.primary_instrument) as primary_instrument,
        max(t.value) filter (where t.threshold = 'mic_points') as mic_points,
        max(t.value) filter (where t.threshold = 'mic_share') as mic_share,
        max(t.value) filter (where t.threshold = 'able_to_respond') as able_to_respond,
        max(t.value) filter (where t.threshold = 'acceptable_pain') as acceptable_pain,
        max(t.value) filter (where t.threshold = 'odi_acceptable') as odi_acceptable
    from version v
    join threshold t on t.timeline_version = v.timeline_version
)

select
    i.instrument, i.label, i.short_label, i.domain, i.unit, i.direction = 'lower_better' as is_lower_better,
    i.minimum, i.maximum, i.best_words, i.worst_words,
    case when i.instrument = t.primary_instrument then t.mic_points else m.mic_points end as mic_points,
    case when i.instrument = t.primary_instrument then t.mic_share else m.mic_share end as mic_share,
    m.smallest_detectable_change as error,
    case when i.instrument = t.primary_instrument then t.able_to_respond else m.mic_points end as able_to_respond,
    case i.instrument
        when t.primary_instrument then t.acceptable_pain when 'odi' then t.odi_acceptable
    end as acceptable,
    m.source as mic_source,
    w.label as how_known,
    t.timeline_version
from instrument i
cross join told t
left join meaningful_change m on m.instrument = i.instrument
left join evidence_word w on w.code = m.confidence
where i.instrument = $instrument
order by i.instrument
