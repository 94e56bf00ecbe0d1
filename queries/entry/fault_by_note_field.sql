-- question  Which fields of a structured note are missing, or hold what can't be?
-- grain     rule, field
-- param     kind    varchar  surgeon_visit       one of data/reference/note_kind.csv
-- param     fields  varchar  {"plan": "MRI"}     the fields of the note, as JSON; null for free text
-- column    rule    varchar    a rule of data/reference/entry_rule.csv
-- column    field   varchar    field:NAME
-- column    words   varchar[]  what its sentence is filled with
-- missing   no row: nothing, a kind with no fields, or free text, which may stay as it is
-- source    data/reference/note_field.csv; choices: a|b, or alone||together, where several may be named with ; between
with given as (
    select key as field, trim(value) as value
    from (select unnest(map_entries(cast($fields::json as map(varchar, varchar))), recursive := true))
    where trim(value) <> ''
),

known as (
    select
        f.*,
        g.value,
        string_split(string_split(f.choices, '||')[1], '|') as alone,
        string_split(replace(f.choices, '||', '|'), '|') as allowed,
        string_split(g.value, '; ') as named
    from note_field f
    left join given g on g.field = f.field
    where f.kind = $kind and $fields is not null
),

judged as (
    select
        *,
        case input
            when 'number' then coalesce(try_cast(value as double) between allowed[1]::double and allowed[2]::double, false)
            when 'date' then try_cast(value as date) is not null
            when 'choice' then list_contains(allowed, value)
            when 'choices' then list_has_all(allowed, named)
            else true
        end as is_sound
    from known
),

hit(rule, field, words) as (
    select 'no_field', 'field:' || field, [label]
    from judged
    where is_required and value is null
    union all
    select
        'odd_field',
        'field:' || field,
        [label, value, case input
            when 'number' then 'a number from ' || allowed[1] || ' to ' || allowed[2]
            when 'date' then 'a day'
            else array_to_string(allowed, ', ')
        end]
    from judged
    where value is not null and not is_sound
    union all
    select 'odd_field', 'field:' || g.field, [g.field, g.value, 'a field of this kind of note']
    from given g
    where exists (from note_field f where f.kind = $kind) and g.field not in (select field from known)
    union all
    select 'none_and_some', 'field:' || field, [label, list_intersect(alone, named)[1]]
    from judged
    where input = 'choices' and len(named) > 1 and list_has_any(alone, named)
)

select rule, field, words
from hit
order by rule, field
