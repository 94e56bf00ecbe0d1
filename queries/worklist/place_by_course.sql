-- question  Which flagged courses are urgent as of a date, and which wait beyond their clinic's amber budget?
-- grain     episode_id
-- param     as_of  date  2026-11-23  a day that is worked out
-- uses      worklist/budget_by_clinic as budget
-- column    episode_id  varchar  the course
-- column    place       varchar  urgent; waiting (amber beyond the budget)
-- missing   no row: the verdict is neither red nor amber, so the course is unknown (cannot tell), calm or closed; or its flags are in hand
-- source    Red flags are always urgent and never count; amber ones worst and newest first up to the clinic's budget
with flagged as (
    select
        episode_id,
        clinic_id,
        spends_budget,
        row_number() over (
            partition by clinic_id, spends_budget
            order by verdict_rank, raised_on desc nulls last, episode_id
        ) as turn
    from worklist_line
    where as_of = $as_of
        and (spends_budget or verdict = 'red_flag')
        and in_hand is null
)

select
    f.episode_id,
    case when not f.spends_budget or f.turn <= b.amber_shown then 'urgent' else 'waiting' end as place
from flagged f
left join budget b using (clinic_id)
order by f.episode_id
