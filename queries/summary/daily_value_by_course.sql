-- question  What is the daily value (the last done score of the primary instrument) on each date after the procedure?
-- grain     episode_id
-- uses      summary/primary_score_by_id as primary_score
-- column    episode_id    varchar                                                                    the course
-- column    daily_values  struct("day" integer, taken_on date, "value" double, score_id varchar)[]   in order of date
-- missing   no row: no score
-- source    Daily value: last done score on a date; of two at one time the one on the primary instrument itself
with last_of_date as (
    select
        episode_id,
        taken_on,
        {
            'day': any_value(day),
            'taken_on': taken_on,
            'value': last(value order by taken_at nulls first, is_named, score_id),
            'score_id': last(score_id order by taken_at nulls first, is_named, score_id)
        } as daily_value
    from primary_score
    where is_own and not is_before
    group by episode_id, taken_on
)

select
    episode_id,
    list(daily_value order by taken_on) as daily_values
from last_of_date
group by episode_id
order by episode_id
