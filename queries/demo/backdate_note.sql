-- question  Let made-up facts of table note have been recorded on the day that they tell of, as in a store kept for years.
-- grain     note_id
update note
set recorded_at = coalesce(written_at + interval 30 minute, written_on + interval 18 hour)
where recorded_at > coalesce(written_at + interval 30 minute, written_on + interval 18 hour)
