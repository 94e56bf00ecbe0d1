-- question  Which events are there, as an import takes them?
-- grain     episode_id, kind, on, level, detail
-- after     export/define_instant
-- column    episode_id  varchar  the course
-- column    kind  varchar  the kind of event
-- column    on  varchar  day or instant
-- column    level  varchar  the vertebra
-- column    detail  varchar  as recorded
-- missing   no row: nothing is stored; null: an empty cell
select
    episode_id,
    kind,
    instant(happened_on, happened_at) as "on",
    level,
    detail
from event
where retracted_at is null
order by episode_id, "on", kind, level, detail
