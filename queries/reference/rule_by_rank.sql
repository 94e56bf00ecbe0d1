-- question  Which rules make each verdict, worst first, and what do they say?
-- grain     rule
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- column    rule       varchar  code of the rule
-- column    state      varchar  the verdict it speaks for: shape and word
-- column    label      varchar  the rule in words
-- column    template   varchar  its because-line; … stands for the numbers
-- column    budget     varchar  whether it counts against the amber budget
-- column    how_known  varchar  how sure the rule is, in words
-- column    source     varchar  where it comes from
-- source    data/reference/flag_rule.csv and verdict.csv
select
    r.rule,
    coalesce(v.mark || ' ' || v.label, 'beside the verdict') as state,
    r.label,
    regexp_replace(r.template, '\{\d\}', '…', 'g') as template,
    case
        when v.spends_budget then 'counts'
        when v.verdict = 'red_flag' then 'always shown'
        else ''
    end as budget,
    w.label as how_known,
    r.source
from flag_rule r
left join verdict v using (verdict)
join evidence_word w on w.code = r.confidence
where r.timeline_version = $timeline_version
order by r.rank, r.rule
