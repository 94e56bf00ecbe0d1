-- question  Which guidance cards are there for each course on a day, and which while something waits to be looked at?
-- grain     episode_id, card
-- param     as_of       date     2026-11-23  which day is today, for the clinic
-- param     episode_id  varchar  null        one course, or null for all
-- column    episode_id  varchar  the course
-- column    card        varchar  the card
-- column    kind        varchar  avoid, movement …; hold: while something waits
-- column    icon        varchar  its picture
-- column    title       varchar  may hold {date}
-- column    text        varchar  in plain words
-- column    until_on    date     the {date} of the title
-- missing   no row: before the procedure, or no timeline; until_on null: no end is told
-- source    data/reference/guidance.csv
select
    s.episode_id, g.card, g.kind, g.icon, g.title, g.text,
    s.performed_on + g.until_day as until_on
from episode_summary s
join guidance g
    on g.timeline_version = s.timeline_version
    and (
        g.kind = 'hold'
        or $as_of::date - s.performed_on between g.from_day and coalesce(g.to_day, $as_of::date - s.performed_on)
    )
where ($episode_id is null or s.episode_id = $episode_id) and s.performed_on <= $as_of::date
order by s.episode_id, g.turn, g.card
