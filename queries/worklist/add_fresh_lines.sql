-- question  Work out the worklist's lines of the courses in sight as of a date.
-- grain     episode_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      worklist/line_by_course as line
-- after     worklist/open_fresh
insert into fresh_line by name
select
    episode_id, episode_key, patient_id, clinic_id, surgeon, verdict, verdict_rank, raised_on, needs_attention,
    spends_budget, state, headline, because, rule, day, phase_label, last_value, expected, days_silent, next_words,
    recent, person, searched, in_hand
from line
order by episode_id
