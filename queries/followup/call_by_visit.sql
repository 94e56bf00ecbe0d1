-- question  Whom should one call first: the answers that would change most, or those whose window closes first?
-- grain     patient_id
-- param     as_of      date     2026-11-23  which day is today, for the clinic; worked out by plumbline.worklist
-- param     clinic_id  varchar  null        one clinic, or null for all
-- param     state      varchar  null        late or not_due alone, or null for both
-- param     order_by   varchar  value       value, or closes for those whose window closes first
-- param     most       integer  300         lines at most
-- frame     opening  patient_id varchar, episode_id varchar, clinic_id varchar, visit varchar, state varchar, is_planned boolean, closes_on date, calls bigint, call_back_on date, rests_until date, is_wrong_number boolean, received bigint, due bigint, variance double
-- column    patient_id  varchar  the patient; all else about the visit is in followup/open_by_visit
-- column    turn        bigint   place on the list
-- column    points      double   what an answer is worth
-- column    removed     double   variance that this answer takes from the mean of its clinic and visit
-- column    is_resting  boolean  after the others for now: called lately, or asked to be called another day
-- column    why         varchar  why first, in words
-- column    lines       bigint   lines in all, listed or not
-- missing   no row: no answer can be had
-- source    Points are rows of data/reference/call_value.csv; removed: variance/r - variance/(r + 1), lines before it in its group counted as answered
with constant as (
    select map_from_entries(list((name, value))) as v, map_from_entries(list((name, coalesce(words, '')))) as w
    from call_value
),

risk as (
    select
        o.patient_id,
        max(c.value) as points,
        arg_max(format(c.words, coalesce(l.last_value, 0)), c.value) as words
    from opening o
    left join worklist_line l on l.episode_id = o.episode_id and l.as_of = $as_of::date
    cross join constant k
    join call_value c
        on c.kind = 'risk'
        and case c.name
            when 'before_procedure' then o.is_planned
            when 'no_score' then not o.is_planned and l.last_value is null
            when 'last_high' then l.last_value >= k.v['high_score']
            else c.name = l.verdict
        end
    group by o.patient_id
),

valued as (
    select
        o.*,
        coalesce(r.words, '') as risk_words,
        coalesce(o.rests_until > $as_of::date, false) as is_resting,
        coalesce(o.call_back_on <= $as_of::date, false) as is_call_back_due,
        coalesce(r.points, 0) + if(o.state = 'late', k.v['late'], 0) + o.calls * k.v['each_call']
        + if(coalesce(o.call_back_on <= $as_of::date, false), k.v['call_back_due'], 0) as own_points
    from opening o
    left join risk r using (patient_id)
    cross join constant k
),

queued as (
    select
        v.*,
        greatest(v.received, k.v['no_answers']) + row_number() over (
            partition by v.clinic_id, v.visit
            order by v.is_wrong_number, v.is_resting, v.own_points desc, v.closes_on, v.patient_id
        ) - 1 as answers
    from valued v
    cross join constant k
),

pointed as (
    select
        q.*,
        q.variance / q.answers - q.variance / (q.answers + 1) as removed,
        q.own_points + k.v['cohort'] * sqrt(q.variance / q.answers - q.variance / (q.answers + 1)) as points,
        array_to_string(list_filter([
            case when q.is_wrong_number then 'wrong number: find another first' end,
            case
                when q.is_call_back_due then k.w['call_back_due']
                when q.is_resting then coalesce('to be called on ' || strftime(q.call_back_on, '%-d %b'), 'called lately')
            end,
            nullif(q.risk_words, ''),
            format(
                case when q.received < k.v['thin_share'] * q.due then k.w['cohort_thin'] else k.w['cohort'] end,
                q.received, q.due
            )
        ], lambda said: said is not null), ' · ') as why
    from queued q
    cross join constant k
    where ($clinic_id::varchar is null or q.clinic_id = $clinic_id) and ($state::varchar is null or q.state = $state)
)

select
    patient_id,
    row_number() over (
        order by is_wrong_number, is_resting, if($order_by = 'closes', closes_on, null), points desc, closes_on, patient_id
    ) as turn,
    points, removed, is_resting, why, count(*) over () as lines
from pointed
qualify turn <= $most
order by turn
