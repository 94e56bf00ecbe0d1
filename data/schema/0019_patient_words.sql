-- What a patient is told: cards by day, situations with their sentences, danger signs, steps and answers in plain words.
create table guidance (
    timeline_version varchar not null,
    card varchar not null,
    kind varchar not null,
    from_day integer,
    to_day integer,
    until_day integer,
    icon varchar not null,
    turn integer not null,
    title varchar not null,
    text varchar not null,
    statements varchar not null,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);
create table situation (
    rank integer not null,
    situation varchar not null,
    verdict varchar not null,
    looked varchar not null,
    needs varchar,
    is_urgent boolean not null,
    guidance varchar not null,
    tells_range boolean not null,
    tells_steps boolean not null,
    call varchar,
    meaning varchar not null,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);
create table situation_line (
    situation varchar not null,
    turn integer not null,
    part varchar not null,
    compared varchar not null,
    title varchar not null,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);
create table help_sign (
    turn integer not null,
    kind varchar not null,
    urgency varchar not null,
    title varchar not null,
    said varchar,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);
create table patient_step (
    milestone varchar not null,
    title varchar not null,
    ahead varchar not null,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);
create table patient_answer (
    answer varchar not null,
    title varchar not null,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);
