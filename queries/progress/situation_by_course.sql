-- question  In which situation is each course as of a date, to be said to the patient, and what may be shown with it?
-- grain     episode_id
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- uses      progress/alert_by_course as alert
-- uses      progress/condition_by_course as condition
-- column    episode_id        varchar  the course
-- column    verdict           varchar  the specialist's verdict
-- column    situation         varchar  one of data/reference/situation.csv; null: closed
-- column    is_urgent         boolean  help comes first, and nothing else but own scores
-- column    guidance          varchar  day, hold or none
-- column    tells_range       boolean  the expected range may be shown
-- column    tells_steps       boolean  the steps ahead may be shown
-- column    call              varchar  emergency or clinic: whose number comes with the summary
-- column    is_waiting        boolean  something asks for attention that nobody has looked at
-- column    wait_from         date     the first score or event of what nobody has looked at; no range is told from then on
-- column    since_on          date     the first score or event of what leads to the situation
-- column    seen_on           date     when somebody last looked at what leads to the situation
-- column    answer            varchar  the answer given then
-- column    sign              varchar  the kind of danger sign that leads to the situation
-- column    day               integer  days after the procedure
-- column    performed_on      date     day 0
-- column    timeline_version  varchar  the version that it is measured by
-- column    phase             varchar  where day falls
-- column    baseline          double   before the procedure
-- column    baseline_on       date     when it was taken
-- column    latest            double   the newest score since
-- column    latest_on         date     its date
-- column    latest_day        integer  its day
-- column    stand             varchar  below, within or above the range told on that day; null: none
-- column    is_recent         boolean  taken today or within two days
-- column    next_visit_on     date     the next planned visit
-- column    next_visit_day    integer  its day
-- column    is_visit_due      boolean  that day has passed and the visit is still open
-- missing   situation null: the course is closed, and its link no longer opens
-- source    data/reference/situation.csv: of the rows for the verdict whose needs all hold, the first
with looked as (
    select
        v.episode_id, v.verdict,
        case when bool_and(a.is_seen) then 'yes' else 'no' end as looked,
        min(a.since_on) as since_on,
        max(a.seen_on) as seen_on,
        arg_max(a.answer, a.seen_on) filter (where a.answer is not null) as answer,
        arg_min(a.subject, {'seen': a.is_seen, 'turn': h.turn, 'subject': a.subject}) as sign,
        coalesce(bool_or(h.urgency = 'now' and not a.is_seen), false) as is_emergency
    from condition v
    join alert a using (episode_id, verdict)
    left join (select kind, min(turn) as turn, any_value(urgency) as urgency from help_sign group by kind) h
        on h.kind = a.subject
    group by v.episode_id, v.verdict
),

waiting as (
    select episode_id, min(since_on) as wait_from
    from alert
    where not is_seen
    group by episode_id
),

held as (
    select c.*, l.since_on, l.seen_on, l.answer, l.sign, w.wait_from,
        coalesce(l.looked, 'any') as looked,
        list_concat(c.conditions, case when l.is_emergency then ['emergency'] else [] end) as held
    from condition c
    left join looked l using (episode_id)
    left join waiting w using (episode_id)
),

fitting as (
    select h.episode_id, arg_min(s, s.rank) as s
    from held h
    join situation s on s.verdict = h.verdict and s.looked = h.looked
    where s.needs is null or list_has_all(h.held, string_split(s.needs, ' '))
    group by h.episode_id
)

select
    h.episode_id, h.verdict, f.s.situation, f.s.is_urgent, f.s.guidance, f.s.tells_range, f.s.tells_steps, f.s.call,
    h.wait_from is not null as is_waiting, h.wait_from, h.since_on, h.seen_on, h.answer, h.sign,
    h.day, h.performed_on, h.timeline_version, h.phase, h.baseline, h.baseline_on, h.latest, h.latest_on, h.latest_day,
    h.stand, h.is_recent, h.next_visit_on, h.next_visit_day, h.is_visit_due
from held h
left join fitting f using (episode_id)
order by h.episode_id
