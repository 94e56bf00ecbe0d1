-- question  Which were the last scores of each course as of a date, turned so that up is better?
-- grain     episode_id
-- param     as_of  date  2026-11-23  what is known on this day
-- column    episode_id  varchar   the course
-- column    recent      double[]  baseline and daily values, the last 20, on a scale of 0 to 10 where 10 is best, oldest first
-- missing   an empty list without a score, never 0
with known as (
    select
        episode_id,
        primary_instrument,
        list_concat(
            if(baseline_on <= $as_of::date, [baseline], []),
            [daily.value for daily in daily_values if daily.taken_on <= $as_of::date]
        )[-20:] as scores
    from episode_summary
)

select
    k.episode_id,
    [
        10 * if(i.direction = 'lower_better', i.maximum - score, score - i.minimum) / (i.maximum - i.minimum)
        for score in k.scores
    ] as recent
from known k
left join instrument i on i.instrument = k.primary_instrument
order by k.episode_id
