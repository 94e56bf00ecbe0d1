-- question  Keep the lines that were worked out for a day, in the order in which they are read; flags wait until worklist/set_places says which are urgent.
-- grain     as_of, episode_id
-- param     as_of     date     2026-11-23  the day
-- param     is_whole  boolean  true        all courses at once: each gets its turn among those of its clinic, place and verdict; 0 until then, or if it is remade later
-- after     worklist/open_fresh
insert into worklist_line by name
select
    $as_of as as_of,
    episode_id, episode_key, patient_id, clinic_id, surgeon, verdict, verdict_rank, raised_on, needs_attention,
    spends_budget, state, headline, because, rule, day, phase_label, last_value, expected, days_silent, next_words,
    recent, person, searched, in_hand,
    case
        when verdict = 'closed' then 'closed'
        when in_hand is not null then 'in_hand'
        when spends_budget or verdict = 'red_flag' then 'waiting'
        when needs_attention then 'unknown'
        else 'calm'
    end as place,
    case
        when in_hand is null and (spends_budget or verdict = 'red_flag') or not $is_whole then 0
        else row_number() over (
            partition by clinic_id, verdict_rank, in_hand is null order by raised_on desc nulls last, episode_id
        )
    end as turn
from fresh_line
order by turn, verdict_rank, raised_on desc nulls last, episode_id
