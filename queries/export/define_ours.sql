-- question  Define an address of ours: of the systems, codes and extensions that FHIR has no own ones for.
-- grain     one row
-- source    A name under .example can belong to nobody and leads nowhere: it only tells words apart
create or replace temp macro ours(name) as 'https://plumbline.example/fhir/' || name
