-- question  How did each instrument of a course change between two moments, and is that more than measurement error?
-- grain     instrument
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  demo-0001   the course
-- param     first       varchar  baseline    one moment
-- param     second      varchar  latest      the other; the earlier of the two is always the first
-- param     low         double   null        first day of the axis; null for all
-- param     high        double   null        last day of the axis; null for all
-- uses      patient/axis_of_course as axis
-- uses      patient/score_of_course as course_score
-- uses      patient/panel_of_course as panel
-- uses      patient/moment_of_course as moment
-- uses      patient/meaning_by_instrument as meaning
-- uses      patient/score_at_moment as held
-- column    instrument       varchar  the instrument
-- column    label            varchar  its short name
-- column    first_words      varchar  the score at the first moment and its day, or why there is none
-- column    first_expected   varchar  the range expected on that day; 8 in 10 people are in it
-- column    second_words     varchar  the score at the second moment and its day, or why there is none
-- column    second_expected  varchar  the range expected on that day
-- column    change           double   second minus first, in the instrument's unit
-- column    change_words     varchar  with its sign
-- column    days             integer  between the two scores themselves
-- column    per_week         double   the change for each week; null under a week
-- column    per_week_words   varchar  with its sign
-- column    standing         varchar  better, small (better, under the MIC), worse, unsure (within measurement error), same, unjudged (no published error) or none
-- column    words            varchar  the change and what it means
-- column    how_known        varchar  how sure the limits are, where they were not read in a published source
-- missing   change is null where a score is missing or no number: never 0
-- source    Better: at least the MIC in points and in share of the first score; error: more than the smallest detectable change
with compared as (
    select
        p.instrument, p.short_label as label, p.direction, p.is_primary, i.panel_order, m.*,
        f.words as first_words, f.expected_words as first_expected, f.status as first_status, f.said as first_said,
        s.words as second_words, s.expected_words as second_expected, s.status as second_status, s.said as second_said,
        s.taken_on - f.taken_on as days,
        case when f.at_day < s.at_day then round(s.value - f.value, 6) end as change,
        change * case p.direction when 'lower_better' then -1 else 1 end as gain,
        f.at_day >= s.at_day as is_same,
        gain >= m.mic_points and gain >= coalesce(round(m.mic_share * f.value, 6), 0) as has_mic
    from panel p
    join instrument i on i.instrument = p.instrument
    join meaning m on m.instrument = p.instrument
    join held f on f.side = 1 and f.instrument = p.instrument
    join held s on s.side = 2 and s.instrument = p.instrument
),

judged as (
    select
        *,
        case
            when change is null then 'none'
            when change = 0 then 'same'
            when error is null then 'unjudged'
            when abs(change) <= error then 'unsure'
            when gain < 0 then 'worse'
            when coalesce(has_mic, true) then 'better'
            else 'small'
        end as standing,
        case when change < 0 then 'fell ' else 'rose ' end
            || printf('%g', round(abs(change), decimals))
            || case when abs(change) = 1 then rtrim(change_unit, 's') else change_unit end as moved,
        case when direction = 'higher_better' then ' (higher is better)' else '' end as way,
        'measurement error (' || printf('%g', error) || ')' as error_words,
        case when days // 7 >= 1 then change * 7 / days end as per_week
    from compared
)

select
    instrument, label, first_words, first_expected, second_words, second_expected,
    change,
    replace(printf('%+g', round(change, decimals)), '-', '−') as change_words,
    days::integer as days,
    per_week,
    replace(printf('%+g', round(per_week, 2)), '-', '−') as per_week_words,
    standing,
    case standing
        when 'same' then 'the same score.'
        when 'better' then moved || ', better: '
            || case when mic_words is null then 'more than ' || error_words || '; no MIC is published.'
            else 'reaches the MIC (' || mic_words || ') and is more than ' || error_words || '.' end
        when 'small' then moved || ': more than ' || error_words || ', but under the MIC (' || mic_words || ').'
        when 'worse' then moved || ', worse: more than ' || error_words || '.'
        when 'unsure' then moved || way || ': ' || case when has_mic
            then 'reaches the MIC (' || mic_words || '), but is within ' || error_words || '.'
            else 'within ' || error_words || '.' end
        when 'unjudged' then moved || way || ': ' || case when gain > 0 and mic_words is not null
            then case when has_mic then 'reaches' else 'under' end || ' the MIC (' || mic_words || '); ' else '' end
            || 'no published measurement error.'
        else case
            when is_same then 'no later score to compare with.'
            when first_status is null then 'no score at ' || first_said || '.'
            when second_status is null then 'no score at ' || second_said || '.'
            else 'no number at ' || case first_status when 'done' then second_said else first_said end
                || ', so no change.'
        end
    end as words,
    how_known
from judged
order by not is_primary, panel_order
