-- question  Which thresholds of the flag rules can be moved, to see what would have been raised?
-- grain     threshold
-- column    threshold  varchar  the threshold
-- column    value      double   as it stands in the latest version
-- column    unit       varchar  its unit
-- column    meaning    varchar  in words
-- source    data/reference/threshold.csv: those of the rules new problem and slower
select
    threshold,
    arg_max(value, timeline_version) as value,
    arg_max(unit, timeline_version) as unit,
    arg_max(meaning, timeline_version) as meaning
from threshold
where threshold in (
    'new_problem_rise', 'new_problem_confirm_days', 'new_problem_big_rise', 'new_problem_big_level',
    'new_problem_clear_margin', 'slower_from_day', 'little_relief_from_day', 'little_relief_level',
    'little_relief_fall', 'late_milestones'
)
group by threshold
order by threshold
