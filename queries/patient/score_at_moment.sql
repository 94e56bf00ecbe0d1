-- question  Which score of each instrument of a course counts at each of two moments, and what was expected on its day?
-- grain     side, instrument
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     first       varchar  baseline    one moment
-- param     second      varchar  latest      the other
-- param     low         double   null        first day of the axis; null for all
-- param     high        double   null        last day of the axis; null for all
-- uses      patient/axis_of_course as axis
-- uses      patient/score_of_course as course_score
-- uses      patient/panel_of_course as panel
-- uses      patient/moment_of_course as moment
-- uses      patient/meaning_by_instrument as meaning
-- column    side            bigint   1 the earlier moment, 2 the later one
-- column    instrument      varchar  the instrument
-- column    said            varchar  the moment in a sentence
-- column    score_id        varchar  the score
-- column    at_day          double   days after the procedure
-- column    taken_on        date     the clinic's date
-- column    status          varchar  done, unable, not_tried or refused
-- column    value           double   in the instrument's unit; null unless done
-- column    words           varchar  the score and its day, or why there is none
-- column    expected_words  varchar  the range expected on that day
-- missing   score columns are null where the instrument was not asked then; never 0
-- source    A visit: the record nearest to its day, earlier on ties, on that date the last done; baseline and latest: the last
with pair as (
    select *, row_number() over (order by on_date, kind <> 'baseline', position desc) as side
    from moment
    where moment in ($first, $second)
),

candidate as (
    select
        p.side, s.*,
        row_number() over (
            partition by p.side, s.instrument
            order by
                p.kind = 'baseline' and s.score_id is not distinct from a.baseline_score_id desc,
                s.status in ('not_tried', 'refused'),
                abs(s.day - p.target_day), s.day, s.status = 'done' desc, s.at_day desc, s.score_id desc
        ) as turn
    from pair p
    join axis a on true
    join course_score s
        on s.day between p.from_day and p.to_day
        and case p.kind
            when 'baseline' then s.is_before and s.status = 'done'
            when 'visit' then not s.is_before
            else true
        end
)

select
    pair.side,
    p.instrument,
    pair.said,
    c.score_id, c.at_day, c.taken_on, c.status, c.value,
    coalesce(
        case when c.status = 'done' then printf('%g', round(c.value, m.decimals)) || m.score_unit else t.label end
            || ' · day ' || replace(c.day::varchar, '-', '−'),
        'no score'
    ) as words,
    case
        when b.p10 is not null then printf(
            '%g to %g, middle %g', round(b.p10, m.decimals), round(b.p90, m.decimals), round(b.p50, m.decimals)
        )
        when b.mean is not null then printf('mean %g', round(b.mean, m.decimals))
    end as expected_words
from pair
join panel p on true
join meaning m on m.instrument = p.instrument
join axis a on true
left join candidate c on c.side = pair.side and c.instrument = p.instrument and c.turn = 1
left join score_status t on t.status = c.status
left join expected_band b
    on b.timeline_version = a.timeline_version and b.instrument = p.instrument and b.day = c.day
    and b.baseline = p.band_baseline and c.at_day > 0
order by pair.side, p.instrument
