-- question  Which scores are not what their items give by the rule that is kept with them?
-- grain     score_id
-- column    score_id  varchar  the score
-- missing   no row: each score that has items has all of them, and they give it
-- source    data/reference/scoring_rule.csv
with made as (
    select
        score_id,
        any_value(scoring_rule) as rule,
        count(*) as items,
        count(points) as answered,
        sum(points) as points,
        count(distinct scoring_rule) + count(distinct coding) > 2 as is_mixed
    from score_item
    where retracted_at is null
    group by score_id
)

select m.score_id
from made m
left join scoring_rule r using (rule)
left join score s using (score_id)
where m.is_mixed
    or m.items is distinct from r.items
    or s.instrument is distinct from r.instrument
    or m.answered < r.least_answered
    or round(s.value, 6) is distinct from round(
        r.full_score * m.points / (r.item_highest * if(r.unanswered = 'zero', r.items, m.answered)), 6
    )
order by m.score_id
