-- question  Which procedure resources are older versions, or were withdrawn as entered in error?
-- grain     row_id
-- after     import/open_outcomes
-- after     import/open_episodes
-- after     import/open_withdrawals
-- source    The latest meta.lastUpdated counts; a withdrawn resource stays withdrawn
insert into outcome
with ranked as (
    select
        *,
        rank() over (partition by origin order by try_cast(updated as timestamptz) desc nulls last) as age
    from staged_episodes
    where origin is not null
),

gone as (
    select origin
    from staged_withdrawals
    union
    select 'fhir:Procedure/' || e.episode_id
    from episode e
    left join episode n on n.supersedes = e.episode_row_id
    group by e.episode_id
    having bool_and(e.retracted_at is not null) and bool_or(n.episode_row_id is null)
)

select
    row_id,
    file_no,
    line,
    'ignored',
    'id',
    r.origin,
    case
        when g.origin is not null then 'this resource was entered in error'
        when age > 1 then 'the import holds a later version of this resource'
    end
from ranked r
left join gone g using (origin)
where g.origin is not null or age > 1
