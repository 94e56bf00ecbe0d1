-- How a questionnaire's items become a score, the items kept with each score, and what the quality page checks.
create table scoring_rule (
    rule varchar not null, instrument varchar not null, form varchar, label varchar not null, items integer not null,
    item_lowest integer not null, item_highest integer not null, codings varchar not null, full_score integer not null,
    unanswered varchar not null, least_answered integer not null, said_below integer not null, words varchar not null,
    source varchar not null, confidence varchar not null, reviewed_by varchar
);
create table score_item (
    score_item_id varchar not null, score_id varchar not null, patient_id varchar not null, item integer not null,
    answer varchar, points integer, scoring_rule varchar not null, coding varchar not null,
    recorded_at timestamp not null, recorded_by varchar not null, source varchar not null, batch_id varchar,
    retracted_at timestamp, supersedes varchar
);
create table quality_severity (
    severity varchar not null, rank integer not null, label varchar not null, mark varchar not null,
    meaning varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar
);
create table quality_check (
    code varchar not null, turn integer not null, label varchar not null, severity varchar not null,
    counted varchar not null, meaning varchar not null, todo varchar not null, fix varchar not null,
    source varchar not null, confidence varchar not null, reviewed_by varchar
);
create table quality_limit (
    name varchar not null, value double not null, unit varchar not null, meaning varchar not null,
    source varchar not null, confidence varchar not null, reviewed_by varchar
);
create table milestone_order (
    milestone varchar not null, needs varchar not null, meaning varchar not null,
    source varchar not null, confidence varchar not null, reviewed_by varchar
);
