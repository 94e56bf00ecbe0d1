-- question  What is the daily value (the last done score of the primary instrument) on each date after the procedure?
-- grain     episode_id
-- uses      summary/primary_score_by_id as primary_score
-- column    episode_id    varchar                                                                    the course
-- column    daily_values  struct("day" integer, taken_on date, "value" double, score_id varchar)[]   in order of date
-- missing   no row: no score
-- source    A course has one day 0 or none, so that its days and its dates are in one order. Daily value: last done score on a date; of two at one time the one on the primary instrument itself
with last_of_date as (
    select episode_id, day, taken_on, value, score_id
    from primary_score
    where is_own and not is_before
    qualify row_number() over (
        partition by episode_id, taken_on
        order by taken_at desc nulls last, is_named desc, score_id desc
    ) = 1
)

select
    episode_id,
    list_sort(list({'day': day, 'taken_on': taken_on, 'value': value, 'score_id': score_id})) as daily_values
from last_of_date
group by episode_id
order by episode_id
