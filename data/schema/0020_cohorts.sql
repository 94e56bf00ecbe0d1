-- Saved cohorts with their versions, what of them was seen and left, and the rules of a comparison as rows.
create table cohort (
    cohort_id varchar not null,
    version integer not null,
    name varchar not null,
    definition varchar not null,
    digest varchar not null,
    comment varchar,
    saved_at timestamp not null,
    saved_by varchar not null,
    clinics varchar[],
    retired_at timestamp
);
create table cohort_release (
    released_at timestamp not null,
    released_by varchar not null,
    kind varchar not null,
    as_of date not null,
    clinics varchar[],
    definition varchar not null,
    digest varchar not null,
    without varchar[] not null
);
create table cohort_filter (
    "filter" varchar not null,
    turn integer not null,
    kind varchar not null,
    label varchar not null,
    said varchar not null,
    codes varchar,
    unit varchar,
    step double,
    meaning varchar not null,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);
create table case_mix (
    covariate varchar not null,
    turn integer not null,
    kind varchar not null,
    label varchar not null,
    unit varchar,
    part_of varchar,
    meaning varchar not null,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);
create table comparison_value (
    name varchar not null,
    value double not null,
    unit varchar not null,
    meaning varchar not null,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);
create table comparison_verdict (
    verdict varchar not null,
    rank integer not null,
    mark varchar not null,
    headline varchar not null,
    template varchar not null,
    is_certain boolean not null,
    source varchar not null,
    confidence varchar not null,
    reviewed_by varchar
);
