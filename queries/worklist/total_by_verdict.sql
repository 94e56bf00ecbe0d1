-- question  How many lines of the worklist are within the filters, by verdict, and how many wait in all?
-- grain     verdict
-- param     as_of      date     2026-11-23  a day that is worked out
-- param     clinic_id  varchar  null        one clinic, or null for all
-- param     surgeon    varchar  null        one surgeon, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      worklist/budget_by_clinic as budget
-- column    verdict        varchar  the verdict
-- column    verdict_total  bigint   courses with this verdict within the filters, listed or not
-- column    people_total   bigint   patients found; null unless words were to be found
-- column    urgent_people  bigint   patients within the filters who are urgent
-- column    waiting_total  bigint   amber flags beyond the budget
-- column    hand_total     bigint   courses whose flags are in hand
-- column    silent_total   bigint   courses that nobody can judge for want of a recent score
-- column    untold_total   bigint   courses that nobody can judge for another reason
-- column    amber_budget   bigint   amber flags shown as urgent at most, in the clinics within the filter
-- missing   no row where nobody has the verdict
with tally as (
    select verdict, is_silent, lines
    from worklist_count
    where as_of = $as_of
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
        and ($clinic_id::varchar is null or clinic_id = $clinic_id)
        and ($surgeon::varchar is null or surgeon = $surgeon)
),

flagged as (
    select
        count(distinct case when place = 'urgent' then patient_id end) as urgent_people,
        count(*) filter (where place = 'waiting') as waiting_total,
        count(*) filter (where place = 'in_hand') as hand_total
    from worklist_line
    where as_of = $as_of
        and place in ('urgent', 'waiting', 'in_hand')
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
        and ($clinic_id::varchar is null or clinic_id = $clinic_id)
        and ($surgeon::varchar is null or surgeon = $surgeon)
)

select
    t.verdict,
    sum(t.lines)::bigint as verdict_total,
    null::bigint as people_total,
    f.urgent_people,
    f.waiting_total,
    f.hand_total,
    coalesce(sum(sum(t.lines) filter (where t.verdict = 'cannot_tell' and t.is_silent)) over (), 0)::bigint as silent_total,
    coalesce(
        sum(sum(t.lines) filter (where t.verdict = 'cannot_tell' and not t.is_silent)) over (), 0
    )::bigint as untold_total,
    a.amber_budget
from tally t
cross join flagged f
cross join (
    select coalesce(sum(amber_shown), 0)::bigint as amber_budget
    from budget
    where ($clinic_id::varchar is null or clinic_id = $clinic_id)
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
) a
group by all
having sum(t.lines) > 0
order by t.verdict
