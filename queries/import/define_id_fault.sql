-- question  Define what is wrong with an id; nothing: missing.
-- grain     one row
-- after     import/define_line_fault
create or replace temp macro id_fault(t) as case
    when t is null then 'is empty: give the id'
    when regexp_matches(t, '[[:cntrl:]]') then 'holds a control character, such as a line break: give the id alone'
    when not regexp_full_match(t, '.{1,200}') then 'is longer than 200 characters: this is not an id'
    when line_fault(t) is not null then line_fault(t)
    when regexp_full_match(t, '[0-9]([.,][0-9]+)?[eE][+][0-9]+')
        then 'is a number that a spreadsheet has shortened: format the column as text and export it again'
    when regexp_matches(t, '\s\s|\x{a0}') then 'holds blanks that can''t be told apart: write the id with single blanks or none'
    when starts_with(t, 'patient:') then 'begins with "patient:", which is kept for patients without a procedure: choose another id'
end
