-- question  Which score resources are older versions, were withdrawn as entered in error, or come in two versions?
-- grain     row_id
-- after     import/define_plain
-- after     import/define_number_of
-- after     import/open_outcomes
-- after     import/open_scores
-- after     import/open_withdrawals
-- source    The latest meta.lastUpdated counts, then a status of amended or corrected; a withdrawn resource stays withdrawn
insert into outcome
with ranked as (
    select
        *,
        rank() over (
            partition by origin
            order by try_cast(updated as timestamptz) desc nulls last, overrules desc nulls last
        ) as age
    from staged_scores
    where origin is not null
),

twofold as (
    select origin
    from ranked
    where age = 1
    group by origin
    having count(distinct [patient_id, instrument, taken_at, coalesce(plain(number_of(value)), value), status]) > 1
),

gone as (
    select r.origin
    from ranked r
    join staged_withdrawals w on w.origin = split_part(r.origin, '#', 1)
    union
    select s.source
    from score s
    left join score n on n.supersedes = s.score_id
    where s.source like 'fhir:%'
    group by s.source
    having bool_and(s.retracted_at is not null) and bool_or(n.score_id is null)
)

select
    row_id,
    file_no,
    line,
    case when g.origin is null and age = 1 then 'rejected' else 'ignored' end,
    'id',
    r.origin,
    case
        when g.origin is not null then 'this resource was entered in error'
        when age > 1 then 'the import holds a later version of this resource'
        else 'the import holds two versions of this resource: keep the right one, or give meta.lastUpdated'
    end
from ranked r
left join gone g using (origin)
left join twofold t using (origin)
where g.origin is not null or age > 1 or t.origin is not null
