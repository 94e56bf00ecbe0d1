-- question  Which lines of the worklist are within the filters, worst and newest first, and how many wait in all?
-- grain     episode_id
-- param     clinic_id  varchar  null  one clinic, or null for all
-- param     surgeon    varchar  null  one surgeon, or null for all
-- param     find       varchar  null  words that must all occur in name or ids, in any case and accent; null for all
-- param     most       integer  500   rows of one place and verdict at most
-- frame     line  episode_id varchar, patient_id varchar, clinic_id varchar, surgeon varchar, place varchar, verdict varchar, verdict_rank integer, raised_on timestamp, rule varchar, searched varchar, amber_shown integer
-- column    episode_id     varchar  the course; all else about it is in worklist/line_by_course
-- column    is_listed      boolean  false: closed, so only shown when asked for
-- column    verdict_total  bigint   courses with this verdict within the filters, listed or not
-- column    people_total   bigint   patients within the filters
-- column    urgent_people  bigint   patients within the filters who are urgent
-- column    waiting_total  bigint   amber flags beyond the budget
-- column    silent_total   bigint   courses that nobody can judge for want of a recent score
-- column    untold_total   bigint   courses that nobody can judge for another reason
-- column    amber_budget   bigint   amber flags shown as urgent at most, in the clinics within the filter
-- missing   no row where nobody matches, nor beyond the most of one place and verdict; the totals count all
with wanted as (
    select string_split_regex(trim(lower(strip_accents(coalesce($find::varchar, '')))), '\s+') as words
),

budget as (
    select sum(amber_shown)::bigint as amber_budget
    from (
        select distinct clinic_id, amber_shown
        from line
        where $clinic_id::varchar is null or clinic_id = $clinic_id
    )
)

select
    l.episode_id,
    l.place <> 'closed' or $find::varchar is not null as is_listed,
    count(*) over (partition by l.verdict) as verdict_total,
    count(distinct l.patient_id) over () as people_total,
    count(distinct case when l.place = 'urgent' then l.patient_id end) over () as urgent_people,
    count(*) filter (where l.place = 'waiting') over () as waiting_total,
    count(*) filter (where l.place = 'unknown' and l.rule::varchar = 'no_recent_reading') over () as silent_total,
    count(*) filter (where l.place = 'unknown' and l.rule::varchar <> 'no_recent_reading') over () as untold_total,
    b.amber_budget
from line l
cross join wanted w
cross join budget b
where ($clinic_id::varchar is null or l.clinic_id = $clinic_id)
    and ($surgeon::varchar is null or l.surgeon::varchar = $surgeon)
    and list_bool_and([contains(l.searched, word) for word in w.words])
qualify row_number() over (partition by l.place, l.verdict order by l.raised_on desc nulls last, l.episode_id) <= $most
order by l.place = 'closed', l.verdict_rank, l.raised_on desc nulls last, l.episode_id
