-- question  Define an id of the clinic's own as a FHIR identifier.
-- grain     one row
-- after     export/define_ours
create or replace temp macro identifier(name, own) as {'system': ours(name), 'value': own}
