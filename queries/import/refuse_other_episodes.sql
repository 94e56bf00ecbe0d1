-- question  Refuse the procedures that are stored for a patient of a clinic that somebody doesn't look after.
-- grain     row_id
-- param     clinics  varchar[]  null  the clinics whose patients may be brought in, or null for all
-- after     import/open_checks
-- after     import/make_courses
-- source    make_courses has the stored procedures of the clinics that somebody looks after
update checked
set column_name = 'episode_id', value = key, reason = 'is of a clinic that you don''t look after: leave it to whoever does'
where $clinics::varchar[] is not null
    and reason is null
    and key in (select episode_id from episode where retracted_at is null)
    and key not in (select episode_id from course)
