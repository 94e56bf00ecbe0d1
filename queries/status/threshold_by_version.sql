-- question  Which numbers do the verdict's rules use in each version of the timeline?
-- grain     timeline_version
-- uses      status/threshold_value as threshold_value
-- column    timeline_version          varchar  the version
-- column    reading_first_day         double   first day of the first full bin
-- column    reading_bin_days          double   days
-- column    new_problem_from_day      double   day
-- column    new_problem_rise          double   points
-- column    new_problem_confirm_days  double   days
-- column    new_problem_big_rise      double   points
-- column    new_problem_big_level     double   points
-- column    new_problem_clear_margin  double   points
-- column    new_problem_history       double   readings
-- column    new_problem_least_history  double   readings
-- column    slower_from_day           double   day
-- column    little_relief_from_day    double   day
-- column    little_relief_level       double   points
-- column    little_relief_fall        double   share of the baseline
-- column    late_milestones           double   milestones
-- column    recent_days               double   days
-- column    ahead_from_day            double   day
-- column    mic_points                double   points
-- column    mic_share                 double   share of the baseline
-- column    able_to_respond           double   points
-- column    acceptable_pain           double   points
-- column    opioid_day                double   day
-- column    silent_days               double   days
-- column    bone_scan_days            double   days after the fracture
-- column    bone_medicine_days        double   days after the fracture
-- source    data/reference/threshold.csv, row by row
select
    timeline_version,
    max(value) filter (where threshold = 'reading_first_day') as reading_first_day,
    max(value) filter (where threshold = 'reading_bin_days') as reading_bin_days,
    max(value) filter (where threshold = 'new_problem_from_day') as new_problem_from_day,
    max(value) filter (where threshold = 'new_problem_rise') as new_problem_rise,
    max(value) filter (where threshold = 'new_problem_confirm_days') as new_problem_confirm_days,
    max(value) filter (where threshold = 'new_problem_big_rise') as new_problem_big_rise,
    max(value) filter (where threshold = 'new_problem_big_level') as new_problem_big_level,
    max(value) filter (where threshold = 'new_problem_clear_margin') as new_problem_clear_margin,
    max(value) filter (where threshold = 'new_problem_history') as new_problem_history,
    max(value) filter (where threshold = 'new_problem_least_history') as new_problem_least_history,
    max(value) filter (where threshold = 'slower_from_day') as slower_from_day,
    max(value) filter (where threshold = 'little_relief_from_day') as little_relief_from_day,
    max(value) filter (where threshold = 'little_relief_level') as little_relief_level,
    max(value) filter (where threshold = 'little_relief_fall') as little_relief_fall,
    max(value) filter (where threshold = 'late_milestones') as late_milestones,
    max(value) filter (where threshold = 'recent_days') as recent_days,
    max(value) filter (where threshold = 'ahead_from_day') as ahead_from_day,
    max(value) filter (where threshold = 'mic_points') as mic_points,
    max(value) filter (where threshold = 'mic_share') as mic_share,
    max(value) filter (where threshold = 'able_to_respond') as able_to_respond,
    max(value) filter (where threshold = 'acceptable_pain') as acceptable_pain,
    max(value) filter (where threshold = 'opioid_day') as opioid_day,
    max(value) filter (where threshold = 'silent_days') as silent_days,
    max(value) filter (where threshold = 'bone_scan_days') as bone_scan_days,
    max(value) filter (where threshold = 'bone_medicine_days') as bone_medicine_days
from threshold_value
group by timeline_version
order by timeline_version
