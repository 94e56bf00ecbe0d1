-- question  Define a resource as JSON without what is not known: FHIR has no empty members.
-- grain     one row
-- source    RFC 7396: merging into an empty object leaves null members out; members of lists stay as they are
create or replace temp macro bare(given) as json_merge_patch('{}', to_json(given))
