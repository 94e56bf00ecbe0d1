-- question  Define a word of ours as a FHIR concept, with the words that people read.
-- grain     one row
-- after     export/define_ours
create or replace temp macro concept(name, word, label) as {
    'coding': [{'system': ours(name), 'code': word, 'display': coalesce(label, word)}],
    'text': coalesce(label, word)
}
