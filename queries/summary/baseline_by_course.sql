-- question  Which score is the baseline: the last one done before the procedure, at most 30 days old?
-- grain     episode_id
-- uses      summary/primary_score_by_id as primary_score
-- column    episode_id         varchar  the course
-- column    baseline           double   in the instrument's unit
-- column    baseline_on        date     when it was taken
-- column    baseline_score_id  varchar  the score
-- missing   no row: no baseline, which is a state of its own and never the first score by default
-- source    Threshold baseline_window_days
select
    episode_id,
    last(value order by taken_on, taken_at nulls first, is_named, score_id) as baseline,
    last(taken_on order by taken_on, taken_at nulls first, is_named, score_id) as baseline_on,
    last(score_id order by taken_on, taken_at nulls first, is_named, score_id) as baseline_score_id
from primary_score
where is_before
    and day >= -(select max(value) from threshold where threshold = 'baseline_window_days')
group by episode_id
order by episode_id
