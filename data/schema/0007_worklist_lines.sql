-- The worklist as of a day, worked out once and then kept up: nothing here is a fact, and all of it can be made again.
create table worklist_day (
    as_of date not null,
    is_ready boolean not null,
    courses bigint not null,
    remade bigint not null
);

create table worklist_stale (
    as_of date not null,
    patient_id varchar not null
);

-- How many lines say what, so that nobody counts a million: rows add up, those of lines that went are negative.
create table worklist_count (
    as_of date not null,
    clinic_id varchar not null,
    surgeon varchar,
    verdict varchar not null,
    is_silent boolean not null,
    lines bigint not null
);

-- turn: among the lines of its clinic, place and verdict, when the day was worked out; 0 if made anew or moved since.
create table worklist_line (
    as_of date not null,
    episode_id varchar not null,
    episode_key varchar not null,
    patient_id varchar not null,
    clinic_id varchar not null,
    surgeon varchar,
    verdict varchar not null,
    verdict_rank integer not null,
    raised_on date,
    needs_attention boolean not null,
    spends_budget boolean not null,
    place varchar not null,
    turn integer not null,
    state varchar not null,
    headline varchar not null,
    because varchar not null,
    rule varchar,
    day integer,
    phase_label varchar,
    last_value double,
    expected varchar,
    days_silent integer,
    next_words varchar,
    recent double[],
    person varchar not null,
    searched varchar not null
);

-- A key in an address is found by its number: a scan of numbers, where a scan of a million keys as text takes ten times as long.
alter table episode_summary add column key_number ubigint;

update episode_summary set key_number = md5_number_lower(episode_key);
