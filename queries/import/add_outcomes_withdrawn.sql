-- question  Keep what became of the resources that were entered in error.
-- grain     row_id
-- param     clinics  varchar[]  null  the clinics whose patients may be brought in, or null for all
-- after     import/open_outcomes
-- after     import/open_withdrawals
insert into outcome
with fact as (
    select split_part(source, '#', 1) as source, retracted_at is null as is_current, patient_id
    from (
        select source, retracted_at, patient_id from score
        union all
        select source, retracted_at, patient_id from medication
    )
    where split_part(source, '#', 1) in (select origin from staged_withdrawals)
    union all
    select 'fhir:Procedure/' || episode_id, retracted_at is null, patient_id
    from episode
    where 'fhir:Procedure/' || episode_id in (select origin from staged_withdrawals)
),

kept as (
    select distinct 'fhir:Procedure/' || episode_id as origin
    from (
        select episode_id from milestone_event where retracted_at is null
        union all select episode_id from note where retracted_at is null
        union all select episode_id from event where retracted_at is null
        union all select episode_id from medication where retracted_at is null
    )
),

known as (
    select
        f.source,
        bool_or(is_current) as is_current,
        bool_or(
            is_current and not ($clinics::varchar[] is null or list_contains($clinics::varchar[], p.clinic_id))
        ) as is_elsewhere
    from fact f
    left join patient p on p.patient_id = f.patient_id and p.retracted_at is null
    group by f.source
)

select
    w.row_id,
    w.file_no,
    w.line,
    case
        when k.source is null then 'ignored'
        when not k.is_current then 'unchanged'
        when k.is_elsewhere then 'rejected'
        when e.origin is not null then 'rejected'
        when row_number() over (partition by w.origin order by w.row_id) = 1 then 'accepted'
        else 'unchanged'
    end,
    'status',
    w.origin,
    case
        when k.source is null then 'entered in error, and never stored'
        when k.is_elsewhere then 'is of a clinic that you don''t look after: leave it to whoever does'
        when e.origin is not null then 'the episode has milestones, notes, events or medications: retract those first'
    end
from staged_withdrawals w
left join known k on k.source = w.origin
left join kept e using (origin)
