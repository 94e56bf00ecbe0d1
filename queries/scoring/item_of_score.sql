-- question  Which items was this score made of, and by which rule?
-- grain     item
-- param     score_id  varchar  null  the score
-- column    item          integer  its number in the questionnaire; its wording is licensed and not kept
-- column    answer        varchar  as given; null where there was none
-- column    points        integer  after the coding; null where there was no answer
-- column    scoring_rule  varchar  a rule of data/reference/scoring_rule.csv
-- column    coding        varchar  such as 1-6
-- missing   no row: the score wasn't made of items here
-- source    data/reference/scoring_rule.csv
select
    item,
    answer,
    points,
    scoring_rule,
    coding
from score_item
where score_id = $score_id and retracted_at is null
order by item
