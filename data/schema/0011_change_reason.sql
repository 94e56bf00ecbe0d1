-- The reasons that are offered when something is corrected or taken back.
create table change_reason (reason varchar not null, action varchar not null, label varchar not null, position integer not null, source varchar not null, confidence varchar not null, reviewed_by varchar);
