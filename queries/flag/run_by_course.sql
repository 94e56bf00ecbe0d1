-- question  Which flags has each course raised, from which day to which, as the facts stand?
-- grain     episode_id, rule, subject, raised_on
-- param     patient_ids  varchar[]  null  these patients' courses, or null for all
-- uses      status/asked as asked
-- uses      flag/hit_by_date as hit
-- instead   flag/date_by_course as asked
-- column    episode_id  varchar    the course
-- column    rule        varchar    a rule of data/reference/flag_rule.csv
-- column    subject     varchar    of a red flag its kind; else empty
-- column    raised_on   date       first day of an unbroken run of days on which the rule holds for this reason
-- column    cleared_on  date       first day after it: no longer, or raised anew; null: no date is known that ends it
-- column    fact_ids    varchar[]  the facts behind its first day
-- missing   no row: never a flag
-- source    Open as of a day: raised_on <= day < cleared_on. Between two dates that matter nothing changes. What a clinician closed on the day it came has cleared_on = raised_on
with dated as (
    select
        episode_id,
        as_of,
        row_number() over course as position,
        lead(as_of) over course as next_on
    from asked
    window course as (partition by episode_id order by as_of)
),

held as (
    select
        h.*,
        d.next_on,
        d.position - row_number() over (partition by h.episode_id, h.rule, h.subject order by h.as_of) as spell
    from hit h
    join dated d using (episode_id, as_of)
    where not h.is_at_once
),

renewed as (
    select
        *,
        coalesce(newest > max(newest) over (
            partition by episode_id, rule, subject, spell
            order by as_of
            rows between unbounded preceding and 1 preceding
        ), false) as is_anew
    from held
),

numbered as (
    select
        *,
        count(*) filter (where is_anew) over (
            partition by episode_id, rule, subject, spell order by as_of
        ) as turn
    from renewed
)

select
    episode_id,
    rule,
    subject,
    min(as_of) as raised_on,
    arg_max_null(next_on, as_of) as cleared_on,
    arg_min(fact_ids, as_of) as fact_ids
from numbered
group by episode_id, rule, subject, spell, turn
union all
select h.episode_id, h.rule, h.subject, h.as_of, h.as_of, h.fact_ids
from hit h
where h.is_at_once
    and not exists (
        select 1
        from held x
        where (x.episode_id, x.rule, x.subject) = (h.episode_id, h.rule, h.subject)
            and (x.next_on = h.as_of or x.as_of = h.as_of)
    )
order by episode_id, raised_on, rule, subject
