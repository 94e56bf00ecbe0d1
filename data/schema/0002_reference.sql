-- Rules as data: loaded from data/reference/*.csv on every start. Rows that belong to a timeline version are never
-- edited once published; the store refuses a file that changes one.
create table timeline_version (timeline_version varchar not null, pathway varchar not null, effective_from date not null, published_on date not null, summary varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar, reviewed_on date);

create table pathway (pathway varchar not null, label varchar not null, primary_instrument varchar not null, follow_up_days integer not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table instrument (instrument varchar not null, label varchar not null, short_label varchar not null, domain varchar not null, minimum double not null, maximum double not null, direction varchar not null, unit varchar not null, is_integer boolean not null, best_words varchar not null, worst_words varchar not null, panel_order integer not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table instrument_code (system varchar not null, code varchar not null, instrument varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table phase (timeline_version varchar not null, phase varchar not null, label varchar not null, from_day integer not null, to_day integer, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table milestone (timeline_version varchar not null, milestone varchar not null, label varchar not null, phase_words varchar not null, earliest_day integer not null, expected_day integer not null, late_day integer not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table visit_window (timeline_version varchar not null, preset varchar not null, visit varchar not null, label varchar not null, target_day integer not null, from_day integer not null, to_day integer not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table reference_set (timeline_version varchar not null, instrument varchar not null, distribution varchar not null, reference_baseline double not null, baseline_slope double not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table reference_curve (timeline_version varchar not null, instrument varchar not null, day integer not null, mean double not null, sd double not null, sd_status varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table reference_evidence (timeline_version varchar not null, instrument varchar not null, knot_day integer not null, study varchar not null, year integer, arm varchar, n varchar, day integer not null, mean double, sd varchar, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table threshold (timeline_version varchar not null, threshold varchar not null, value double not null, unit varchar not null, meaning varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table flag_rule (timeline_version varchar not null, rule varchar not null, verdict varchar, rank integer not null, label varchar not null, headline varchar, template varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table verdict (verdict varchar not null, rank integer not null, label varchar not null, mark varchar not null, headline varchar not null, needs_attention boolean not null, spends_budget boolean not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table event_kind (kind varchar not null, label varchar not null, is_red_flag boolean not null, closes varchar, urgency varchar, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table note_kind (kind varchar not null, label varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table milestone_status (status varchar not null, label varchar not null, counts boolean not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table score_status (status varchar not null, label varchar not null, has_value boolean not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table level (level varchar not null, position integer not null, region varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table cause (cause varchar not null, label varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table drug (drug varchar not null, drug_class varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

create table permission (role varchar not null, action varchar not null, source varchar not null, confidence varchar not null, reviewed_by varchar);

-- Calculated once for each published version from reference_set and reference_curve (plumbline/expected.py).
-- cumulative[v + 1] is the probability of a score of v or less, v from the minimum in whole steps.
create table expected_band (timeline_version varchar not null, instrument varchar not null, day integer not null, baseline double not null, mean double not null, p05 double, p10 double, p25 double, p50 double, p75 double, p90 double, p95 double, told_low double, told_high double, cumulative double[]);

create table reference_digest (timeline_version varchar not null, file varchar not null, digest varchar not null);
