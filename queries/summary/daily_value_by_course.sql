-- question  What is the daily value (the last done score of the primary instrument) on each date after the procedure?
-- grain     episode_id
-- uses      summary/primary_score_by_id as primary_score
-- column    episode_id    varchar                                                                    the course
-- column    daily_values  struct("day" integer, taken_on date, "value" double, score_id varchar)[]   in order of date
-- missing   no row: no score
-- source    A course has one day 0 or none, so that its days and its dates are in one order. Daily value: last done score on a date; of two at one time the one on the primary instrument itself
with sorted as (
    select
        episode_id,
        list_sort(list({
            'taken_on': taken_on,
            'taken_at': coalesce(taken_at, timestamp '-infinity'),
            'is_named': is_named,
            'score_id': score_id,
            'day': day,
            'value': value
        })) as scores
    from primary_score
    where is_own and not is_before
    group by episode_id
),

followed as (
    select
        episode_id,
        list_zip(scores, [s.taken_on for s in scores][2:]) as pairs
    from sorted
)

select
    episode_id,
    [{'day': p[1].day, 'taken_on': p[1].taken_on, 'value': p[1].value, 'score_id': p[1].score_id}
        for p in pairs if p[2] is distinct from p[1].taken_on] as daily_values
from followed
order by episode_id
