-- question  Keep what became of the resources that were entered in error.
-- grain     row_id
-- after     import/open_outcomes
-- after     import/open_withdrawals
insert into outcome
with fact as (
    select split_part(source, '#', 1) as source, retracted_at is null as is_current
    from (
        select source, retracted_at from score
        union all
        select source, retracted_at from medication
    )
    where split_part(source, '#', 1) in (select origin from staged_withdrawals)
    union all
    select 'fhir:Procedure/' || episode_id, retracted_at is null
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
    select source, bool_or(is_current) as is_current
    from fact
    group by source
)

select
    w.row_id,
    w.file_no,
    w.line,
    case
        when k.source is null then 'ignored'
        when not k.is_current then 'unchanged'
        when e.origin is not null then 'rejected'
        when row_number() over (partition by w.origin order by w.row_id) = 1 then 'accepted'
        else 'unchanged'
    end,
    'status',
    w.origin,
    case
        when k.source is null then 'entered in error, and never stored'
        when e.origin is not null then 'the episode has milestones, notes, events or medications: retract those first'
    end
from staged_withdrawals w
left join known k on k.source = w.origin
left join kept e using (origin)
