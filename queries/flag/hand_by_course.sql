-- question  Which courses have flags that are all looked after on a day, and how?
-- grain     episode_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      flag/state_by_run as flag
-- column    episode_id  varchar    the course
-- column    rules       varchar[]  the rules of its open flags
-- column    words       varchar    who looks after them and by when, or what was done
-- missing   no row: no flag is open, or one asks for an answer: it is new, reopened or overdue
-- source    One unanswered flag, of whatever rule, and the course is not in hand; nor is it while its flags are to be made anew
select
    f.episode_id,
    list(distinct f.rule) as rules,
    string_agg(
        distinct t.label || coalesce(' to ' || f.owner || ', by ' || strftime(f.due_on, '%-d %b'), ''), ' · '
    ) as words
from flag f
join flag_state t using (state)
where f.is_open and f.patient_id not in (select patient_id from flag_stale)
group by f.episode_id
having bool_and(not t.needs_answer)
order by f.episode_id
