-- question  Which lines of the worklist are within the filters, worst and newest first?
-- grain     episode_id
-- param     as_of      date     2026-11-23  a day that is worked out
-- param     clinic_id  varchar  null        one clinic, or null for all
-- param     surgeon    varchar  null        one surgeon, or null for all
-- param     find       varchar  null        words that must all occur in name or ids, in any case and accent; null for all
-- param     most       integer  100         rows of one place and verdict at most
-- param     deepest    integer  1000000     lines to look at, by their turn: most and as many as were remade, or all for a surgeon or words
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- column    episode_id       varchar   the course
-- column    episode_key      varchar   its opaque address
-- column    patient_id       varchar   the patient
-- column    clinic_id        varchar   the clinic
-- column    surgeon          varchar   as given
-- column    verdict          varchar   code
-- column    verdict_rank     integer   worst first
-- column    raised_on        date      when what made this verdict began
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
-- column    place            varchar   urgent, waiting (amber beyond the budget), unknown (cannot tell), in_hand, calm or closed
-- column    in_hand          varchar   who looks after its flags and by when, or what was done
-- column    is_listed        boolean   false: closed, so only shown when asked for
-- column    clinic           varchar   the clinic's name
-- missing   no row where nobody matches, nor beyond the most of one place and verdict: worklist/total_by_verdict counts all
select
    l.episode_id, l.episode_key, l.patient_id, l.clinic_id, l.surgeon, l.verdict, l.verdict_rank, l.raised_on,
    l.state, l.headline, l.because, l.rule, l.day, l.phase_label, l.last_value, l.expected, l.days_silent,
    l.next_words, l.recent, l.person, l.place, l.in_hand,
    l.place <> 'closed' or $find::varchar is not null as is_listed,
    coalesce(c.name, '') as clinic
from worklist_line l
left join clinic c on c.clinic_id = l.clinic_id and c.retracted_at is null
where l.as_of = $as_of
    and l.turn <= $deepest
    and ($clinics::varchar[] is null or list_contains($clinics::varchar[], l.clinic_id))
    and ($clinic_id::varchar is null or l.clinic_id = $clinic_id)
    and ($surgeon::varchar is null or l.surgeon = $surgeon)
    and (
        $find::varchar is null
        or list_bool_and([
            contains(l.searched, word)
            for word in string_split_regex(trim(lower(strip_accents($find::varchar))), '\s+')
        ])
    )
qualify row_number() over (
    partition by l.place, l.verdict order by l.raised_on desc nulls last, l.episode_id
) <= $most
order by l.place = 'closed', l.verdict_rank, l.raised_on desc nulls last, l.episode_id
