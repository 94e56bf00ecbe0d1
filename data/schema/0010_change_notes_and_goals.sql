create table meaningful_change (
    instrument varchar not null, mic_points double, mic_share double, smallest_detectable_change double,
    source varchar not null, confidence varchar not null, reviewed_by varchar
);
create table note_field (
    kind varchar not null, field varchar not null, label varchar not null, position integer not null,
    is_required boolean not null, input varchar not null, choices varchar, help varchar,
    source varchar not null, confidence varchar not null, reviewed_by varchar
);
create table goal_status (
    status varchar not null, position integer not null, label varchar not null, mark varchar not null,
    is_settled boolean not null, source varchar not null, confidence varchar not null, reviewed_by varchar
);
create table goal (
    goal_id varchar not null, goal_key varchar not null, patient_id varchar not null, episode_id varchar not null,
    words varchar not null, set_on date not null, due_on date not null,
    recorded_at timestamp not null, recorded_by varchar not null, source varchar not null, batch_id varchar,
    retracted_at timestamp, supersedes varchar
);
create table goal_review (
    goal_review_id varchar not null, goal_key varchar not null, patient_id varchar not null,
    episode_id varchar not null, reviewed_on date not null, status varchar not null, words varchar,
    recorded_at timestamp not null, recorded_by varchar not null, source varchar not null, batch_id varchar,
    retracted_at timestamp, supersedes varchar
);
