-- question  Make it as if each made-up note had been recorded when it was written.
-- grain     note_id
update note
set recorded_at = least(recorded_at, coalesce(written_at, written_on + interval 16 hours))
