-- question  Which clinics, surgeons and verdicts can the worklist be filtered by?
-- grain     filter, choice
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    filter  varchar  clinic, surgeon or verdict
-- column    choice  varchar  the value to filter by
-- column    label   varchar  in words
-- column    turn    integer  order within the filter
select filter, choice, label, turn
from (
    select 'clinic' as filter, clinic_id as choice, name as label, 0 as turn
    from clinic
    where retracted_at is null and clinic_id in (select clinic_id from episode_summary)
        and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))

    union all

    select distinct 'surgeon', surgeon, surgeon, 0
    from episode_summary
    where surgeon is not null and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))

    union all

    select 'verdict', verdict, mark || ' ' || label, case when verdict = 'closed' then 1 else 0 end * 100 + rank
    from verdict
)
order by filter, turn, label, choice
