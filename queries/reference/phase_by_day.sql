-- question  Which phases does the recovery have?
-- grain     label
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- column    label      varchar  in words
-- column    days       varchar  the days it holds, in words
-- column    from_day   integer  first day after the procedure
-- column    how_known  varchar  how sure that is, in words
-- column    source     varchar  where it comes from
-- source    data/reference/phase.csv
select
    p.label,
    case
        when p.to_day is null then 'from day ' || p.from_day || ' on'
        when p.to_day = p.from_day then 'day ' || p.from_day
        else 'days ' || p.from_day || ' to ' || p.to_day
    end as days,
    p.from_day,
    w.label as how_known,
    p.source
from phase p
join evidence_word w on w.code = p.confidence
where p.timeline_version = $timeline_version
order by p.from_day
