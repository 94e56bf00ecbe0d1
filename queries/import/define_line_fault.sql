-- question  Define whether the id of a line says that the line is no row: a header, a comment, a total; else missing.
-- grain     one row
create or replace temp macro line_fault(t) as case
    when lower(t) in ('patient_id', 'episode_id') then 'repeats the header: take the line out'
    when starts_with(t, '#') then 'begins with #, as a comment does: take the line out'
    when regexp_full_match(lower(t), '(sub|grand )?totals?:?|sum:?|summe:?|gesamt:?|mean:?|average:?|mittelwert:?|count:?|anzahl:?|n ?= ?[0-9]+')
        then 'looks like a total below the table and no id: take the line out'
end
