-- question  What is impossible or unusual about a note that is entered?
-- grain     rule, field
-- param     episode_id  varchar    demo-0001   the course
-- param     fact_id     varchar    null        the note that is corrected; null for a new one
-- param     today       date       2026-11-23  which day is today, for the clinic
-- param     moment_on   date       2026-11-30  the day given
-- param     moment_at   timestamp  null        UTC, where a time was given
-- param     kind        varchar    visit       one of data/reference/note_kind.csv
-- param     text        varchar    null        the words of the note
-- param     fields      varchar    null        the fields of a structured note, as JSON
-- uses      entry/course_by_id as course
-- uses      entry/moment_by_rule as moment_rule
-- uses      entry/fault_by_note_field as field_fault
-- column    rule      varchar  a rule of data/reference/entry_rule.csv
-- column    severity  varchar  impossible refuses, unusual asks
-- column    field     varchar  the field of the form that it is about; of a structured note field:NAME
-- column    text      varchar  the sentence
-- missing   no row: nothing to say
-- source    data/reference/entry_rule.csv
with given as (
    select c.*, k.kind as known_kind
    from course c
    left join note_kind k on k.kind = $kind
),

twin as (
    select count(*) as notes
    from note n
    join given g on g.patient_id = n.patient_id and g.episode_id = n.episode_id
    where n.retracted_at is null
        and n.note_id is distinct from $fact_id
        and n.kind = $kind
        and n.written_on = $moment_on::date
        and n.written_at is not distinct from $moment_at::timestamp
        and n.text = $text
        and n.fields is not distinct from cast($fields::json as map(varchar, varchar))
),

hit as (
    select unnest([
        case when not g.has_procedure then {'rule': 'no_episode', 'words': []::varchar[]} end,
        case when g.known_kind is null then {'rule': 'no_note_kind', 'words': []::varchar[]} end,
        case when coalesce(trim($text), '') = ''
                and coalesce(cardinality(cast($fields::json as map(varchar, varchar))), 0) = 0
                and not exists (from field_fault)
            then {'rule': 'no_text', 'words': []::varchar[]} end,
        case when t.notes > 0 then {'rule': 'note_twice', 'words': []::varchar[]} end
    ]) as h
    from given g
    cross join twin t
)

select
    r.rule,
    r.severity,
    coalesce(h.field, r.field) as field,
    format(r.template, w[1], w[2], w[3], w[4]) as text
from (
    select h.rule, null as field, [coalesce(h.words[i], '') for i in range(1, 5)] as w from hit where h is not null
    union all
    select rule, null, [coalesce(words[i], '') for i in range(1, 5)] from moment_rule
    union all
    select rule, field, [coalesce(words[i], '') for i in range(1, 5)] from field_fault
) h
join entry_rule r on r.rule = h.rule
order by r.severity, r.rule, h.field
