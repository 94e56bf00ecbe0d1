-- question  Which stored fact does each sound row speak of, and where does it say something else?
-- grain     row_id
-- param     replace  boolean  false  whether a different value supersedes the stored one
-- after     import/open_checks
-- after     import/collect_scores
-- source    By the id of the resource that it came from, else by its natural key. An empty cell says nothing, so it differs from no value
create or replace temp table matched as
with paired as (
    select
        c.row_id,
        c.file_no,
        c.line,
        c.key,
        c.fields,
        $replace or c.overrules as may_replace,
        coalesce(o.stored_id, k.stored_id) as stored_id,
        coalesce(o.fields, k.fields) as stored,
        coalesce(o.stored_id <> k.stored_id, false) as is_taken
    from checked c
    left join stored k on k.key = c.key
    left join stored o on o.origin = c.origin and o.patient_id = c.patient_id
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
