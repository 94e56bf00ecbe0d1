-- question  Which stored fact does each sound row speak of, and where does it say something else?
-- grain     row_id
-- param     replace  boolean  false  whether a different value supersedes the stored one
-- after     import/open_checks
-- after     import/collect_scores
-- source    By the id of the resource that it came from, else by its natural key. An empty cell says nothing, so it differs from no value
-- source    What staff corrected or took back is not brought back by a file that still says it, nor by its resource
create or replace temp table matched as
with gone as (
    select
        s.origin,
        s.patient_id,
        s.key,
        s.fields,
        max(ch.changed_at) as changed_at,
        arg_max(ch.action, ch.changed_at) as action
    from stored s
    join change ch on ch.previous_id = s.stored_id
    where s.retracted_at is not null
    group by all
),

answered as (
    select c.row_id, g.changed_at, g.action
    from checked c
    join gone g on g.key = c.key
    where len([
        i
        for i in range(1, len(c.fields) + 1)
        if c.fields[i] is not null and c.fields[i] is distinct from g.fields[i]
    ]) = 0
    union all
    select c.row_id, g.changed_at, g.action
    from checked c
    join gone g on g.origin = c.origin and g.patient_id = c.patient_id
),

said as (
    select
        row_id,
        case arg_max(action, changed_at) when 'corrected' then 'corrected' else 'taken back' end
            || ' in Plumbline on ' || strftime(max(changed_at), '%Y-%m-%d') as answer
    from answered
    group by row_id
),

paired as (
    select
        c.row_id,
        c.file_no,
        c.line,
        c.key,
        c.fields,
        $replace or c.overrules as may_replace,
        coalesce(o.stored_id, k.stored_id) as stored_id,
        coalesce(o.fields, k.fields) as stored,
        coalesce(o.stored_id <> k.stored_id, false) as is_taken,
        a.answer
    from checked c
    left join stored k on k.key = c.key and k.retracted_at is null
    left join stored o on o.origin = c.origin and o.patient_id = c.patient_id and o.retracted_at is null
    left join said a on a.row_id = c.row_id
    where c.reason is null
)

select
    *,
    stored is not null and (
        fields = stored
        or len([
            i
            for i in range(1, len(fields) + 1)
            if fields[i] is not null and fields[i] is distinct from stored[i]
        ]) = 0
    ) as agrees,
    case when stored is not null and fields <> stored
        then [i for i in range(1, len(fields) + 1) if fields[i] <> stored[i]][1]
    end as differs
from paired
