-- question  By what is a comparison allowed for, and what does its balance table show?
-- grain     covariate
-- column    covariate  varchar  a column of cohort/case_mix_by_episode
-- column    kind       varchar  mean or share
-- column    label      varchar  in words
-- column    unit       varchar  of a mean
-- column    part_of    varchar  the filter that it stands for
-- missing   never empty
-- source    data/reference/case_mix.csv
select covariate, kind, label, unit, part_of
from case_mix
order by turn
