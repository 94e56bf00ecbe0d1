-- question  Which medication resources are older versions, were withdrawn as entered in error, or fall in no course?
-- grain     row_id
-- after     import/open_outcomes
-- after     import/open_medications
-- after     import/open_withdrawals
-- after     import/place_medications
-- source    The latest meta.lastUpdated counts; a withdrawn resource stays withdrawn. An EHR sends a whole life's medicines: those of no course are not read
insert into outcome
with ranked as (
    select
        *,
        rank() over (partition by origin order by try_cast(updated as timestamptz) desc nulls last) as age
    from staged_medications
    where origin is not null
),

gone as (
    select r.origin
    from ranked r
    join staged_withdrawals w on w.origin = split_part(r.origin, '#', 1)
    union
    select m.source
    from medication m
    left join medication n on n.supersedes = m.medication_id
    where m.source like 'fhir:%'
    group by m.source
    having bool_and(m.retracted_at is not null) and bool_or(n.medication_id is null)
)

select
    r.row_id,
    r.file_no,
    r.line,
    'ignored',
    'id',
    r.origin,
    case
        when g.origin is not null then 'this resource was entered in error'
        when r.age > 1 then 'the import holds a later version of this resource'
        else 'medicine of no course'
    end
from ranked r
left join gone g using (origin)
left join placed_medications p using (row_id)
where g.origin is not null or r.age > 1 or (p.row_id is not null and p.episode_id is null)
