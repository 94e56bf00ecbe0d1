-- Codes that imports are read by, as rows: which procedures are episodes, which diagnoses explain a fracture.
create table procedure_code (system varchar not null, code varchar not null, pathway varchar not null, adds_level boolean not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table condition_code (system varchar not null, code_prefix varchar not null, cause varchar, dates_fracture boolean not null, within_days integer not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table absent_reason (code varchar not null, status varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table unit_alias (unit varchar not null, alias varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);
