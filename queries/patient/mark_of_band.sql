-- question  What is drawn of the expected band, and which words stand at its end?
-- grain     id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     low         double   -30         first day of the axis; null for all
-- param     high        double   365         last day of the axis; null for all
-- uses      patient/axis_of_course as axis
-- uses      patient/panel_of_course as panel
-- uses      patient/band_by_day as band
-- column    id              varchar  band or word, panel and day
-- column    panel           varchar  the instrument
-- column    layer           varchar  band, mean, or band_word, or band_end
-- column    at_day          double   days after the procedure
-- column    y               double   the middle or the mean; where the word stands
-- column    p10             double   in the instrument's unit, as all that follow
-- column    p25             double   a quarter is at or below
-- column    p75             double   three quarters are at or below
-- column    p90             double   nine in ten are at or below
-- column    told            double   the highest value that a patient is told to expect
-- column    word            varchar  at the end of the band
-- column    what            varchar  the band in words
-- column    value_words     varchar  the words themselves
-- column    expected_words  varchar  the range in words
-- missing   no row: no reference
-- source    data/reference/reference_curve.csv through expected_band
with band_words as (
    select b.instrument, b.day, unnest(case when b.reference = 'mean_only'
        then [{'y': b.p50, 'word': 'usual mean'}]
        else [
        {'y': b.p50, 'word': 'middle'},
        {'y': (b.p50 + b.p75) / 2, 'word': case when b.p75 - b.p50 >= 2 and p.is_primary then 'half of people' end},
        {
            'y': b.told,
            'word': case when p.is_primary and b.p90 - b.told >= 1 then 'told at most ' || b.told::integer end
        },
        {'y': b.p90, 'word': '8 in 10 people'}
    ] end, recursive := true)
    from band b
    join panel p using (instrument)
    where b.is_last
),

band_row as (
    select
        b.*,
        p.short_label,
        case when p.maximum - p.minimum <= 2 then 2 else 1 end as decimals
    from band b
    join panel p using (instrument)
)

select
    'band:' || instrument || ':' || day as id, instrument as panel,
    case when reference = 'mean_only' then 'mean' else 'band' end as layer,
    day::double as at_day,
    p50 as y,
    p10, p25, p75, p90, told,
    null as word,
    short_label || ', expected from this day' as what,
    null as value_words,
    case
        when p10 is null then printf('mean %g', round(p50, decimals))
        else printf('%g to %g (8 in 10 people), ', round(p10, decimals), round(p90, decimals))
            || printf('%g to %g (half), middle %g', round(p25, decimals), round(p75, decimals), round(p50, decimals))
    end || coalesce('; patients are told at most ' || told::integer, '') as expected_words
from band_row
union all by name
select
    'word:' || instrument || ':' || word as id, instrument as panel, 'band_word' as layer,
    day::double as at_day,
    y,
    word,
    'Words in the chart' as what,
    word as value_words
from band_words
where word is not null
union all by name
select
    'end:' || b.instrument as id, b.instrument as panel, 'band_end' as layer,
    b.day::double as at_day,
    'no reference after day ' || b.day as word,
    'Words in the chart' as what,
    'no reference after day ' || b.day as value_words
from band b
join panel p on p.instrument = b.instrument and p.is_primary
join axis a on a.high > b.day and not isinf(a.high)
where b.is_last
order by id
