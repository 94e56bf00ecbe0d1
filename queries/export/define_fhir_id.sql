-- question  Define the id of a resource: one's own id where FHIR allows it, else a key that stands for it.
-- grain     one row
-- source    FHIR R4, datatype id: letters, digits, - and ., at most 64
create or replace temp macro fhir_id(own, stand_in) as case
    when regexp_full_match(own, '[A-Za-z0-9.-]{1,64}') then own
    else stand_in
end
