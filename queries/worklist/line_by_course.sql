-- question  What does one line of the worklist say about each course as of a date?
-- grain     episode_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/verdict_by_course as course_verdict
-- uses      flag/hand_by_course as hand
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
-- column    in_hand          varchar   who looks after its flags, or what was done; null: one asks for an answer, or none is open
-- missing   no row before the procedure of a course; expected and next_words are null where there is none
select
    v.episode_id,
    v.episode_key,
    v.patient_id,
    v.clinic_id,
    v.surgeon,
    v.verdict,
    v.verdict_rank,
    v.raised_on,
    v.needs_attention,
    v.spends_budget,
    v.mark || ' ' || v.verdict_label as state,
    v.headline,
    array_to_string(
        [
            reason.text
            for reason in v.reasons
            if coalesce(reason.verdict, case when v.verdict <> 'closed' then v.verdict end, '') = v.verdict
                and (reason.rule <> 'big_rise' or v.reasons[1].rule <> 'rise_confirmed')
        ][:2],
        ' '
    ) as because,
    v.reasons[1].rule as rule,
    v.day,
    v.phase_label,
    v.last_value,
    format('{:g} to {:g}', v.expected_low, v.expected_high) as expected,
    v.days_silent,
    case
        when v.next_visit_state = 'overdue'
        then format('{}, {} {} overdue', v.next_visit_label, v.days_overdue, if(v.days_overdue = 1, 'day', 'days'))
        else v.next_visit_label || ', ' || strftime(v.next_visit_on, '%-d %b')
    end as next_words,
    r.recent,
    n.person,
    n.searched,
    case
        when list_has_all(h.rules, [reason.rule for reason in v.reasons if reason.verdict = v.verdict]) then h.words
    end as in_hand
from course_verdict v
left join recent r using (episode_id)
left join hand h using (episode_id)
join person n using (episode_id)
where coalesce(v.day, 0) >= 0
order by v.episode_id
