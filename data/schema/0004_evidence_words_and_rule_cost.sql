-- How sure a row is, in words for the screen; and what the rules cost, measured before they were used.
create table evidence_word (code varchar not null, label varchar not null, meaning varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table rule_cost (timeline_version varchar not null, schedule varchar not null, turn integer not null, label varchar not null, false_new_problem double, ever_new_problem double, first_slower double, found_within_14_days double, remark varchar, source varchar not null, confidence varchar not null, reviewed_by varchar);
