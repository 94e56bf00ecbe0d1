-- question  What does each row of a timeline say that a clinician signs: its own rows, and those that it shares?
-- grain     timeline_version, part, said
-- column    timeline_version  varchar  the version of the timeline
-- column    turn              integer  where the part stands
-- column    part              varchar  what kind of row it is, in words
-- column    said              json     the whole row, without who reviewed it
-- source    Every reference table with a timeline_version, and those that judge with all of them
select timeline_version, 1 as turn, 'Timeline' as part, to_json(r) as said
from (select * exclude (reviewed_by, reviewed_on) from timeline_version) r
union all
select timeline_version, 2, 'Phase', to_json(r) from (select * exclude (reviewed_by) from phase) r
union all
select timeline_version, 3, 'Milestone', to_json(r) from (select * exclude (reviewed_by) from milestone) r
union all
select timeline_version, 4, 'Visit window', to_json(r) from (select * exclude (reviewed_by) from visit_window) r
union all
select timeline_version, 5, 'Kind of course', to_json(r) from (select * exclude (reviewed_by) from reference_set) r
union all
select timeline_version, 6, 'Curve', to_json(r) from (select * exclude (reviewed_by) from reference_curve) r
union all
select timeline_version, 7, 'Evidence', to_json(r) from (select * exclude (reviewed_by) from reference_evidence) r
union all
select timeline_version, 8, 'Rule', to_json(r) from (select * exclude (reviewed_by) from flag_rule) r
union all
select timeline_version, 9, 'Threshold', to_json(r) from (select * exclude (reviewed_by) from threshold) r
union all
select timeline_version, 10, 'Cost of the rules', to_json(r) from (select * exclude (reviewed_by) from rule_cost) r
union all
select v.timeline_version, 11, 'Pathway', to_json(r)
from timeline_version v
join (select * exclude (reviewed_by) from pathway) r using (pathway)
union all
select s.timeline_version, 12, 'Instrument', to_json(r)
from reference_set s
join (select * exclude (reviewed_by) from instrument) r using (instrument)
union all
select timeline_version, 13, 'Change that matters', to_json(r)
from timeline_version
cross join (select * exclude (reviewed_by) from meaningful_change) r
union all
select timeline_version, 14, 'Event', to_json(r)
from timeline_version
cross join (select * exclude (reviewed_by) from event_kind) r
union all
select timeline_version, 15, 'Verdict', to_json(r)
from timeline_version
cross join (select * exclude (reviewed_by) from verdict) r
union all
select timeline_version, 16, 'Guidance', to_json(r) from (select * exclude (reviewed_by) from guidance) r
union all
select timeline_version, 17, 'Situation of a patient', to_json(r)
from timeline_version
cross join (select * exclude (reviewed_by) from situation) r
union all
select timeline_version, 18, 'Sentence to a patient', to_json(r)
from timeline_version
cross join (select * exclude (reviewed_by) from situation_line) r
union all
select timeline_version, 19, 'Danger sign', to_json(r)
from timeline_version
cross join (select * exclude (reviewed_by) from help_sign) r
union all
select timeline_version, 20, 'Step in plain words', to_json(r)
from timeline_version
cross join (select * exclude (reviewed_by) from patient_step) r
union all
select timeline_version, 21, 'Answer in plain words', to_json(r)
from timeline_version
cross join (select * exclude (reviewed_by) from patient_answer) r
order by timeline_version, turn, part, said
