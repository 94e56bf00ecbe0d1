-- question  What does the worklist's line of each closed course say as of a date, as worklist/line_by_course has it?
-- grain     episode_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/hit_closed as hit_closed
-- uses      worklist/recent_by_course as recent
-- uses      worklist/person_by_course as person
-- column    episode_id       varchar   the course
-- column    episode_key      varchar   its opaque address
-- column    patient_id       varchar   the patient
-- column    clinic_id        varchar   the clinic
-- column    surgeon          varchar   as given
-- column    verdict          varchar   code
-- column    verdict_rank     integer   worst first
-- column    raised_on        date      when what made this verdict began
-- column    needs_attention  boolean   belongs on the worklist's upper part
-- column    spends_budget    boolean   amber: counts against the clinic's budget
-- column    state            varchar   shape and word
-- column    headline         varchar   the verdict in a sentence
-- column    because          varchar   the two foremost reasons; of a closed course only why it is closed
-- column    rule             varchar   the rule that decided
-- column    day              integer   days after the procedure; null without one
-- column    phase_label      varchar   in words
-- column    last_value       double    last daily value, in the instrument's unit
-- column    expected         varchar   range on that day, 10th to 90th centile
-- column    days_silent      integer   since the last contact
-- column    next_words       varchar   next or overdue visit
-- column    recent           double[]  last scores, 0 to 10, 10 is best
-- column    person           varchar   name, or id where no name is known
-- column    searched         varchar   name and ids in lower case, without accents
-- column    in_hand         varchar   null: after the course is closed nobody is asked for an answer
-- missing   no row unless closed; next_words is always null: nothing is due any more
-- source    A closed course is judged by nothing but what closed it, so that a large store of old courses costs little
with fallback as (
    select arg_max(timeline_version, published_on) as timeline_version
    from timeline_version
),

told as (
    select
        h.episode_id,
        max(h.since_on) as raised_on,
        arg_min(h.rule, f.rank) as rule,
        arg_min(format(f.headline, h.words[1]), f.rank) as headline,
        list(format(f.template, h.words[1]) order by f.rank) as texts
    from hit_closed h
    join episode_summary s using (episode_id)
    cross join fallback b
    join flag_rule f
        on f.rule = h.rule
        and f.timeline_version = case
            when s.timeline_version in (select timeline_version from flag_rule) then s.timeline_version
            else b.timeline_version
        end
    group by h.episode_id
),

latest as (
    select
        s.*,
        ($as_of::date - s.performed_on)::integer as day,
        list_last([d for d in s.daily_values if d.taken_on <= $as_of]) as v,
        ($as_of::date - list_max([d for d in s.contact_on if d <= $as_of]))::integer as days_silent
    from episode_summary s
    where s.episode_id in (select episode_id from hit_closed)
)

select
    s.episode_id, s.episode_key, s.patient_id, s.clinic_id, s.surgeon,
    v.verdict, v.rank as verdict_rank, t.raised_on, v.needs_attention, v.spends_budget,
    v.mark || ' ' || v.label as state,
    coalesce(t.headline, v.headline) as headline,
    array_to_string(t.texts[:2], ' ') as because,
    t.rule,
    s.day,
    p.label as phase_label,
    s.v.value as last_value,
    format('{:g} to {:g}', b.p10, b.p90) as expected,
    s.days_silent,
    null::varchar as next_words,
    r.recent,
    n.person,
    n.searched,
    null::varchar as in_hand
from latest s
join told t using (episode_id)
join verdict v on v.verdict = 'closed'
left join recent r using (episode_id)
join person n using (episode_id)
left join phase p
    on p.timeline_version = s.timeline_version and s.day >= p.from_day and s.day <= coalesce(p.to_day, s.day)
left join reference_set f
    on f.timeline_version = s.timeline_version
    and f.instrument = s.primary_instrument
    and f.distribution <> 'mean_only'
left join expected_band b
    on b.timeline_version = s.timeline_version
    and b.instrument = s.primary_instrument
    and b.day = s.v.day
    and b.baseline = coalesce(round(s.baseline), f.reference_baseline)
where coalesce(s.day, 0) >= 0
order by s.episode_id
