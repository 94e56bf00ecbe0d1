-- question  Which scores stand in another course than the one that they fall in?
-- grain     score_id
-- after     verify/keep_scores
-- column    score_id  varchar  the score
-- missing   no row: all stand where they belong
select s.score_id
from score s
join score_kept k using (score_id)
where s.episode_id is distinct from k.episode_id
order by s.score_id
