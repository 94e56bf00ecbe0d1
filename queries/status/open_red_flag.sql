-- question  Which red-flag events are open as of a date: happened, and not closed by a clinician since?
-- grain     episode_id, as_of, event_id
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/asked as asked
-- column    episode_id   varchar  the course
-- column    as_of        date     which day is today
-- column    event_id     varchar  the event
-- column    kind         varchar  what happened
-- column    label        varchar  in words
-- column    happened_on  date     when
-- missing   no row: none is open
-- source    No statistic ever hides a red flag; only a clinician closes it (event red_flag_closed, for one kind or, with no detail, for all), and never one that came later on that day
with happened as (
    select s.episode_id, unnest(s.events, recursive := true)
    from episode_summary s
    where s.episode_id in (select episode_id from asked)
),

known as (
    select q.as_of, h.*, k.label, k.is_red_flag, k.closes
    from happened h
    join event_kind k using (kind)
    join asked q on q.episode_id = h.episode_id and h.happened_on <= q.as_of
    where k.is_red_flag or k.closes = 'red_flag'
)

select f.episode_id, f.as_of, f.event_id, f.kind, f.label, f.happened_on
from known f
where f.is_red_flag
    and not exists (
        select 1
        from known x
        where x.episode_id = f.episode_id
            and x.as_of = f.as_of
            and x.closes = 'red_flag'
            and x.happened_on >= f.happened_on
            and not coalesce(x.happened_on = f.happened_on and x.happened_at < f.happened_at, false)
            and coalesce(nullif(lower(trim(x.detail)), ''), f.kind) = f.kind
    )
order by f.episode_id, f.as_of, f.happened_on, f.event_id
