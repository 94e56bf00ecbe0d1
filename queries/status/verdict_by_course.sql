-- question  What is the verdict on each course as of a date, and what should one read first?
-- grain     episode_id, as_of
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/reason_by_course as reason
-- uses      status/visit_by_course as visit
-- uses      status/relief_by_course as relief
-- column    episode_id            varchar    the course
-- column    as_of                 date       which day is today
-- column    episode_key           varchar    opaque key for addresses
-- column    patient_id            varchar    the patient
-- column    clinic_id             varchar    the patient's clinic
-- column    surgeon               varchar    as given
-- column    pathway               varchar    kind of procedure; null before any
-- column    timeline_version      varchar    the version that it is measured by
-- column    performed_on          date       day 0
-- column    performed_at          timestamp  UTC, where a time was given
-- column    day                   integer    days after the procedure; null before any is known
-- column    phase                 varchar    null before day 0
-- column    phase_label           varchar    in words
-- column    verdict               varchar    one of data/reference/verdict.csv
-- column    verdict_rank          integer    1 closed, 2 red flag … as in the rules
-- column    verdict_label         varchar    in words
-- column    mark                  varchar    its shape
-- column    headline              varchar    the sentence over the page
-- column    needs_attention       boolean    belongs on the worklist's upper part
-- column    spends_budget         boolean    amber: counts against the clinic's budget
-- column    raised_on             date       when the newest of its reasons began
-- column    baseline              double     in the instrument's unit; null: none
-- column    baseline_on           date       when it was taken
-- column    is_reference_patient  boolean    no baseline: measured by the reference patient's band
-- column    last_value            double     latest daily value
-- column    last_value_on         date       its date
-- column    last_value_day        integer    its day
-- column    expected_low          double     10th centile of the band on that day
-- column    expected_middle       double     50th centile
-- column    expected_high         double     90th centile
-- column    last_contact_on       date       last score, milestone, note or event
-- column    days_silent           integer    days since then
-- column    next_visit            varchar    the first visit still open or ahead
-- column    next_visit_label      varchar    in words
-- column    next_visit_on         date       the day it is planned for
-- column    next_visit_state      varchar    planned, due or overdue
-- column    days_overdue          integer    days past that day, where overdue
-- column    mic_since_day         integer    see status/relief_by_course
-- column    mic_lost_day          integer    see status/relief_by_course
-- column    acceptable_since_day  integer    see status/relief_by_course
-- column    acceptable_lost_day   integer    see status/relief_by_course
-- column    reasons               struct(rank integer, rule varchar, verdict varchar, "label" varchar, "text" varchar, since_on date, fact_ids varchar[])[]  every rule that holds, worst first; verdict null: beside the verdict
-- missing   expected_… null outside the band; no score yet: last_… null
-- source    The verdict is the first of the list that holds; on course otherwise
with lead_reason as (
    select
        r.episode_id,
        r.as_of,
        min(v.rank) as verdict_rank,
        arg_min(r.headline, r.rank) filter (where r.verdict is not null) as headline,
        arg_min(r.headline, r.rank) filter (where r.verdict is null and r.headline is not null) as beside,
        list({
            'rank': r.rank, 'rule': r.rule, 'verdict': r.verdict, 'label': r.label, 'text': r.text,
            'since_on': r.since_on, 'fact_ids': r.fact_ids
        } order by r.rank) as reasons
    from reason r
    left join verdict v using (verdict)
    group by r.episode_id, r.as_of
),

raised as (
    select r.episode_id, r.as_of, v.rank as verdict_rank, max(r.since_on) as raised_on
    from reason r
    join verdict v using (verdict)
    group by r.episode_id, r.as_of, v.rank
),

next_visit as (
    select
        episode_id,
        as_of,
        arg_min({'visit': visit, 'label': label, 'target_on': target_on, 'state': state, 'days_overdue': days_overdue},
            target_day) as v
    from visit
    where state in ('planned', 'due', 'overdue')
    group by episode_id, as_of
),

latest as (
    select
        s.*, c.as_of, c.day, c.band_baseline, c.band_from_day,
        list_last([d for d in s.daily_values if d.taken_on <= c.as_of]) as v,
        list_max([d for d in s.contact_on if d <= c.as_of]) as last_contact_on
    from episode_summary s
    join course c using (episode_id)
)

select
    s.episode_id, s.as_of, s.episode_key, s.patient_id, s.clinic_id, s.surgeon,
    s.pathway, s.timeline_version, s.performed_on, s.performed_at, s.day,
    p.phase,
    p.label as phase_label,
    v.verdict, v.rank as verdict_rank, v.label as verdict_label, v.mark,
    coalesce(l.headline, v.headline)
    || case when v.needs_attention or v.verdict = 'closed' then '' else coalesce(' ' || l.beside, '') end as headline,
    v.needs_attention, v.spends_budget, r.raised_on, s.baseline, s.baseline_on,
    s.performed_on is not null and s.baseline is null and s.band_from_day is not null as is_reference_patient,
    s.v.value as last_value, s.v.taken_on as last_value_on, s.v.day as last_value_day,
    b.p10 as expected_low, b.p50 as expected_middle, b.p90 as expected_high,
    s.last_contact_on, (s.as_of - s.last_contact_on)::integer as days_silent,
    n.v.visit as next_visit, n.v.label as next_visit_label, n.v.target_on as next_visit_on,
    n.v.state as next_visit_state, n.v.days_overdue::integer as days_overdue,
    f.mic_since_day, f.mic_lost_day, f.acceptable_since_day, f.acceptable_lost_day,
    coalesce(l.reasons, []) as reasons
from latest s
left join lead_reason l using (episode_id, as_of)
join verdict v on v.rank = coalesce(l.verdict_rank, (select rank from verdict where verdict = 'on_course'))
left join raised r on r.episode_id = s.episode_id and r.as_of = s.as_of and r.verdict_rank = v.rank
left join phase p
    on p.timeline_version = s.timeline_version
    and s.day >= p.from_day
    and s.day <= coalesce(p.to_day, s.day)
left join expected_band b
    on b.timeline_version = s.timeline_version
    and b.instrument = s.primary_instrument
    and b.day = s.v.day
    and b.baseline = s.band_baseline
left join next_visit n
    on n.episode_id = s.episode_id and n.as_of = s.as_of
    and v.verdict <> 'closed'
    and coalesce(s.next_performed_on > s.as_of, true)
left join relief f on f.episode_id = s.episode_id and f.as_of = s.as_of
order by s.episode_id, s.as_of
