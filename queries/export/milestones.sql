-- question  Which milestones are there, as an import takes them?
-- grain     episode_id, milestone, on
-- after     export/define_instant
-- column    episode_id  varchar  the course
-- column    milestone  varchar  which
-- column    status  varchar  how it stands
-- column    on  varchar  day or instant
-- column    reported_by  varchar  by whom
-- missing   no row: nothing is stored; null: an empty cell
select
    episode_id,
    milestone,
    status,
    instant(happened_on, happened_at) as "on",
    reported_by
from milestone_event
where retracted_at is null
order by episode_id, "on", milestone
