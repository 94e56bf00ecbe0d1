-- question  Where on the worklist does each course stand as of a date: urgent within the amber budget, waiting, calm or closed?
-- grain     episode_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/verdict_by_course as course_verdict
-- uses      worklist/budget_by_clinic as budget
-- column    episode_id   varchar  the course
-- column    place        varchar  urgent; waiting (amber beyond the budget); unknown (cannot tell); calm; closed
-- column    amber_shown  integer  amber flags that the clinic shows as urgent
-- missing   no row before the procedure of a course
-- source    Red flags are always urgent and never count; amber ones worst and newest first up to the clinic's budget
with turn as (
    select
        v.episode_id,
        v.clinic_id,
        v.verdict,
        v.needs_attention,
        v.spends_budget,
        row_number() over (
            partition by v.clinic_id, v.spends_budget
            order by v.verdict_rank, v.raised_on desc nulls last, v.episode_id
        ) as turn
    from course_verdict v
    where coalesce(v.day, 0) >= 0
)

select
    t.episode_id,
    case
        when t.verdict = 'closed' then 'closed'
        when t.verdict = 'red_flag' or t.spends_budget and t.turn <= b.amber_shown then 'urgent'
        when t.spends_budget then 'waiting'
        when t.needs_attention then 'unknown'
        else 'calm'
    end as place,
    coalesce(b.amber_shown, 0) as amber_shown
from turn t
left join budget b using (clinic_id)
order by t.episode_id
