-- question  Work out the worklist's lines of closed courses as of a date.
-- grain     episode_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      worklist/closed_by_course as closed
-- after     worklist/open_fresh
insert into fresh_line by name
select
    episode_id, episode_key, patient_id, clinic_id, surgeon, verdict, verdict_rank, raised_on, needs_attention,
    spends_budget, state, headline, because, rule, day, phase_label, last_value, expected, days_silent, next_words,
    recent, person, searched
from closed
order by episode_id
