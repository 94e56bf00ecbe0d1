-- question  Who comes before and after a course on the worklist?
-- grain     episode_id
-- param     as_of    date     2026-11-23  a day that is worked out
-- param     current  varchar  demo-0001   the course looked at
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    episode_id    varchar  the course looked at
-- column    previous_key  varchar  the one before it; null at the top
-- column    next_key      varchar  the one after it; null at the end
-- missing   no row: the course is not on the worklist of that day
-- source    Worst first, the newest first within a verdict; closed courses come last
with ordered as (
    select
        episode_id,
        episode_key,
        {
            'rank': if(verdict = 'closed', 99, verdict_rank),
            'age': coalesce(date '9999-01-01' - raised_on, 9999999),
            'episode_id': episode_id
        } as place
    from worklist_line
    where as_of = $as_of and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
),

here as (
    select episode_id, place
    from ordered
    where episode_id = $current
)

select
    h.episode_id,
    arg_max(o.episode_key, o.place) filter (where o.place < h.place) as previous_key,
    arg_min(o.episode_key, o.place) filter (where o.place > h.place) as next_key
from here h
cross join ordered o
group by h.episode_id
order by h.episode_id
