-- question  What is stored now about the events of this import?
-- grain     stored_id
-- after     import/open_checks
create or replace temp table stored as
select
    event_id as stored_id,
    concat_ws(chr(31), e.episode_id, e.kind, happened_on || coalesce(' ' || happened_at, ''), coalesce(e.level, ''),
        case when k.closes is null then '' else lower(coalesce(e.detail, '')) end) as key,
    cast(null as varchar) as origin,
    e.patient_id,
    [
        e.patient_id, e.episode_id, e.kind, happened_on || coalesce(' ' || happened_at, ''), e.level, e.detail
    ] as fields
from event e
left join event_kind k using (kind)
where e.retracted_at is null
    and e.patient_id in (select patient_id from checked)
