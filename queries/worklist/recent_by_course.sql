-- question  Which were the last scores of each course as of a date, turned so that up is better?
-- grain     episode_id
-- param     as_of  date  2026-11-23  what is known on this day
-- column    episode_id  varchar   the course
-- column    recent      double[]  the last 20 daily values on a scale of 0 to 10 where 10 is best, oldest first
-- missing   an empty list without a score, never 0
with known as (
    select
        episode_id,
        primary_instrument,
        list_filter(daily_values, lambda daily: daily.taken_on <= $as_of::date)[-20:] as daily_values
    from episode_summary
)

select
    k.episode_id,
    list_transform(k.daily_values, lambda daily:
        10 * case when i.direction = 'lower_better' then i.maximum - daily.value else daily.value - i.minimum end
        / (i.maximum - i.minimum)
    ) as recent
from known k
left join instrument i on i.instrument = k.primary_instrument
order by k.episode_id
