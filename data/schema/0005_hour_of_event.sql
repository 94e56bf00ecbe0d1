-- The hour of an event, where it is known, so that closing a red flag never closes one that came later on that day.
-- Emptied and filled again: a function in `using` would go into the write-ahead log, and after a kill DuckDB can't replay it.
alter table episode_summary alter column events type struct(kind varchar, happened_on date, happened_at timestamp, detail varchar, event_id varchar)[] using cast('[]' as struct(kind varchar, happened_on date, happened_at timestamp, detail varchar, event_id varchar)[]);

update episode_summary set events = told.events from (select episode_id, list({'kind': kind, 'happened_on': happened_on, 'happened_at': happened_at, 'detail': detail, 'event_id': event_id} order by happened_on, event_id) as events from event where retracted_at is null group by episode_id) told where told.episode_id = episode_summary.episode_id;
