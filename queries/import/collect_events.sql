-- question  What is stored about the events of this import, now and before staff corrected it or took it back?
-- grain     stored_id
-- after     import/open_checks
create or replace temp table stored as
select
    event_id as stored_id,
    concat_ws(chr(31), e.episode_id, e.kind, happened_on || coalesce(' ' || happened_at, ''), coalesce(e.level, ''),
        case when k.closes is null then '' else lower(coalesce(e.detail, '')) end) as key,
    cast(null as varchar) as origin,
    e.patient_id,
    e.retracted_at,
    [
        e.patient_id, e.episode_id, e.kind, happened_on || coalesce(' ' || happened_at, ''), e.level, e.detail
    ] as fields
from event e
left join event_kind k using (kind)
where (e.retracted_at is null or e.batch_id is not null and e.event_id in (select previous_id from change))
    and e.patient_id in (select patient_id from checked)
