-- question  Which fields has each kind of structured note, and how is each filled in?
-- grain     kind, field
-- column    kind         varchar    the kind of note
-- column    field        varchar    the field
-- column    label        varchar    in words
-- column    is_required  boolean    the note can't be saved without it
-- column    input        varchar    text, long_text, number, date, choice (one of several) or choices (several)
-- column    alone        varchar[]  choices that stand alone; the ends of a number's range
-- column    together     varchar[]  choices of which several may be named
-- column    help         varchar    what belongs into it
-- missing   no row for a kind: free text
-- source    data/reference/note_field.csv
select
    kind,
    field,
    label,
    is_required,
    input,
    coalesce(string_split(string_split(choices, '||')[1], '|'), []) as alone,
    coalesce(string_split(string_split(choices, '||')[2], '|'), []) as together,
    coalesce(help, '') as help
from note_field
order by kind, position
