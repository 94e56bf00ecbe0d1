-- question  What do the rules cost, by how often scores come: false alarms among well people, and problems found?
-- grain     label
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- column    label                  varchar  how often scores come
-- column    false_new_problem      double   false new problems per 100 patient-weeks, first 12 weeks
-- column    ever_new_problem       double   well people ever flagged as a new problem, percent
-- column    first_slower           double   first flags of slower per 100 patient-weeks, among well people
-- column    found_within_14_days   double   steps of +4 found within 14 days, percent
-- column    remark                 varchar  what to know about it
-- column    how_known              varchar  how sure it is, in words
-- column    source                 varchar  how it was measured
-- missing   first_slower and remark are null where not measured or nothing is to say
-- source    data/reference/rule_cost.csv: our simulation, not published evidence
select
    c.label,
    c.false_new_problem,
    100 * c.ever_new_problem as ever_new_problem,
    c.first_slower,
    100 * c.found_within_14_days as found_within_14_days,
    c.remark,
    w.label as how_known,
    c.source
from rule_cost c
join evidence_word w on w.code = c.confidence
where c.timeline_version = $timeline_version
order by c.turn
