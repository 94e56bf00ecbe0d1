-- question  What becomes of each sound row: accepted, unchanged or rejected, and what does the store hold after it?
-- grain     row_id
-- param     columns  varchar[]  ['value', 'status']  the names of the fields, in their order
-- after     import/define_shown
-- after     import/match_stored
-- after     import/merge_repeats
create or replace temp table settled as
with joined as (
    select
        m.*,
        coalesce(g.fields, m.fields) as together,
        coalesce(g.lead_id, m.row_id) = m.row_id as leads,
        g.lead_fields,
        coalesce(g.is_refused, m.differs is not null and not m.may_replace) as is_refused,
        g.clash,
        g.two_values
    from matched m
    left join merged g using (key)
),

ruled as (
    select
        *,
        case
            when agrees and clash is null then 'unchanged'
            when agrees and not may_replace then 'unchanged'
            when answer is not null then 'rejected'
            when clash is not null or is_refused or is_taken then 'rejected'
            when leads then 'accepted'
            when len([
                i for i in range(1, len(fields) + 1)
                if fields[i] is not null and lead_fields[i] is null and (stored is null or stored[i] is null)
            ]) > 0 then 'accepted'
            else 'unchanged'
        end as outcome,
        coalesce(differs is not null and not may_replace, false) as is_other
    from joined
)

select
    row_id,
    file_no,
    line,
    key,
    outcome,
    outcome = 'accepted' and leads as is_written,
    stored_id,
    case
        when stored is null then together
        else [coalesce(together[i], stored[i]) for i in range(1, len(together) + 1)]
    end as fields,
    case
        when outcome = 'rejected' then $columns[case when is_other then differs else coalesce(clash, differs) end]
    end as column_name,
    case
        when outcome = 'rejected' then shown(fields[case when is_other then differs else coalesce(clash, differs) end])
    end as value,
    case
        when outcome <> 'rejected' then null
        when answer is not null then 'was ' || answer || ': it is not brought back. Correct it at its source, too'
        when is_other then 'differs from what is stored (' || shown(stored[differs])
            || '): correct the file, or import it with --replace to supersede the stored value'
        when clash is not null then 'the import holds two different values for this: ' || two_values || '. Keep the right one'
        when is_taken then 'another entry is already stored for this patient, instrument and instant: correct one of them at its source'
        else 'another row of this import for the same entry differs from what is stored: correct it, or import with --replace'
    end as reason
from ruled
