-- question  What is impossible or unusual about a medicine that is entered?
-- grain     rule
-- param     episode_id  varchar  demo-0001   the course
-- param     fact_id     varchar  null        the entry that is corrected; null for a new one
-- param     today       date     2026-11-23  which day is today, for the clinic
-- param     moment_on   date     2026-11-30  the day on which it was started
-- param     drug        varchar  tramadol    its name
-- param     stopped_on  date     null        the day on which it was stopped
-- param     dose        double   50          a single dose
-- param     unit        varchar  mg          its unit
-- param     opioid      boolean  null        as said; null: by data/reference/drug.csv
-- uses      entry/course_by_id as course
-- uses      entry/moment_by_rule as moment_rule
-- column    rule      varchar  a rule of data/reference/entry_rule.csv
-- column    severity  varchar  impossible refuses, unusual asks
-- column    field     varchar  the field of the form that it is about
-- column    text      varchar  the sentence
-- missing   no row: nothing to say
-- source    data/reference/entry_rule.csv
with given as (
    select c.*, d.drug as known_drug
    from course c
    left join drug d on d.drug = lower(trim($drug))
),

twin as (
    select count(*) as entries
    from medication m
    join given g on g.patient_id = m.patient_id and g.episode_id = m.episode_id
    where m.retracted_at is null
        and m.medication_id is distinct from $fact_id
        and lower(m.drug) = lower(trim($drug))
        and m.started_on = $moment_on::date
),

hit as (
    select unnest([
        case when not g.has_procedure then {'rule': 'no_episode', 'words': []::varchar[]} end,
        case when coalesce(trim($drug), '') = '' then {'rule': 'no_drug', 'words': []::varchar[]} end,
        case when t.entries > 0 then {'rule': 'medicine_twice', 'words': [$drug]} end,
        case when $stopped_on::date < $moment_on::date
            then {'rule': 'stopped_before', 'words': []::varchar[]} end,
        case when $stopped_on::date > $today::date
            then {'rule': 'stopped_later', 'words': [strftime($today::date, '%-d %b %Y')]} end,
        case when $dose::double <= 0 then {'rule': 'no_dose', 'words': []::varchar[]} end,
        case when $dose::double is not null and coalesce(trim($unit), '') = ''
            then {'rule': 'no_unit', 'words': []::varchar[]} end,
        case when g.known_drug is null and $opioid is null and coalesce(trim($drug), '') <> ''
            then {'rule': 'drug_unknown', 'words': [$drug]} end
    ]) as h
    from given g
    cross join twin t
)

select
    r.rule,
    r.severity,
    r.field,
    format(r.template, w[1], w[2], w[3], w[4]) as text
from (
    select h.rule, [coalesce(h.words[i], '') for i in range(1, 5)] as w from hit where h is not null
    union all
    select rule, [coalesce(words[i], '') for i in range(1, 5)] from moment_rule where rule <> 'long_ago'
)
join entry_rule r using (rule)
order by r.severity, r.rule
