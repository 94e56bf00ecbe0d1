-- question  Define an extension of ours with a value of a FHIR type; nothing where there is no value.
-- grain     one row
-- after     export/define_ours
create or replace temp macro extension(name, kind, given) as case
    when given is not null then json_object('url', ours(name), 'value' || kind, given)
end
