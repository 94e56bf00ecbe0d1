-- question  Which patient resources are older versions?
-- grain     row_id
-- after     import/open_outcomes
-- after     import/open_patients
-- source    The latest meta.lastUpdated counts
insert into outcome
with ranked as (
    select
        *,
        rank() over (partition by origin order by try_cast(updated as timestamptz) desc nulls last) as age
    from staged_patients
    where origin is not null
)

select
    row_id,
    file_no,
    line,
    'ignored',
    'id',
    r.origin,
    'the import holds a later version of this resource'
from ranked r
where age > 1
