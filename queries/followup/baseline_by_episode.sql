-- question  Which planned procedures already have a score that may become their baseline, as of a date?
-- grain     episode_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode, or null for all
-- column    episode_id  varchar  the episode, its procedure still ahead
-- column    taken_on    date     the last such score
-- column    value       double   in the instrument's unit
-- missing   no row: none yet, or the procedure was done; then the summary knows its baseline
-- source    A done score of the primary instrument in the strict window before the procedure
select
    e.episode_id,
    last(s.taken_on order by s.taken_on, s.taken_at nulls first, s.score_id) as taken_on,
    last(s.value order by s.taken_on, s.taken_at nulls first, s.score_id) as value
from episode_summary e
join visit_window w on w.timeline_version = e.timeline_version and w.preset = 'strict' and w.visit = 'baseline'
join score s on s.patient_id = e.patient_id and s.retracted_at is null and s.status = 'done'
left join clinic c on c.clinic_id = e.clinic_id and c.retracted_at is null
where e.performed_on > $as_of::date
    and ($episode_id is null or e.episode_id = $episode_id)
    and s.taken_on between e.performed_on + w.from_day and $as_of::date
    and (s.instrument = e.primary_instrument or s.instrument = 'nrs_pain' and coalesce(c.pain_is_back_pain, false))
group by e.episode_id
order by e.episode_id
