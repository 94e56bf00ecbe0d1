-- question  Define what is wrong with an id; nothing: missing.
-- grain     one row
create or replace temp macro id_fault(t) as case
    when t is null then 'is empty: give the id'
    when regexp_matches(t, '[[:cntrl:]]') then 'holds a control character, such as a line break: give the id alone'
    when not regexp_full_match(t, '.{1,200}') then 'is longer than 200 characters: this is not an id'
    when starts_with(t, 'patient:') then 'begins with "patient:", which is kept for patients without a procedure: choose another id'
end
