-- question  What came of each visit whose window has closed and that was due, and how well does that patient do there?
-- grain     episode_id, visit
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one episode, or null for all
-- param     clinics  varchar[]  null  the clinics that may be seen, or null for all
-- uses      followup/state_by_visit as visit_state_row
-- uses      status/threshold_value as threshold_value
-- uses      status/threshold_by_version as limits
-- column    episode_id      varchar  the episode
-- column    visit           varchar  the visit, in the strict windows
-- column    label           varchar  in words
-- column    target_day      integer  planned day after the procedure
-- column    clinic_id       varchar  the patient's clinic
-- column    surgeon         varchar  as given
-- column    month_on        date     first day of the month of the procedure
-- column    is_month_open   boolean  the window of somebody treated in that month may still be open
-- column    received_on     date     the day of the answer
-- column    value           double   the answer, in the instrument's unit
-- column    baseline        double   the score before
-- column    is_improved     boolean  better by the smallest change that matters, in points and as a share of the score before
-- column    is_comfortable  boolean  in the acceptable state
-- column    is_worse        boolean  worse than before by the smallest change that matters, in points
-- missing   value null: nothing came; is_improved null: no answer, or too well before to improve; is_worse null: no answer, or no score before
-- source    Due: alive and taking part until the window closed, or answered (data/reference/visit_state.csv); thresholds by timeline version; statistics 1
select
    v.episode_id,
    v.visit,
    v.label,
    v.target_day,
    v.clinic_id,
    s.surgeon,
    date_trunc('month', s.performed_on)::date as month_on,
    last_day(s.performed_on) + w.to_day >= $as_of::date as is_month_open,
    v.received_on,
    v.value,
    s.baseline,
    case when s.baseline >= t.able_to_respond
        then s.baseline - v.value >= greatest(t.mic_points, t.mic_share * s.baseline)
    end as is_improved,
    v.value <= t.acceptable_pain as is_comfortable,
    v.value - s.baseline >= t.mic_points as is_worse
from visit_state_row v
join visit_state n on n.state = v.state and n.is_due
join episode_summary s on s.episode_id = v.episode_id
join limits t on t.timeline_version = s.timeline_version
join visit_window w on w.timeline_version = s.timeline_version and w.preset = 'strict' and w.visit = v.visit
where v.closes_on < $as_of::date
order by v.episode_id, v.target_day
