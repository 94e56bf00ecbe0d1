-- question  Refuse the rows about clinics that somebody doesn't look after.
-- grain     row_id
-- param     clinics  varchar[]  null  the clinics whose patients may be brought in, or null for all
-- after     import/open_checks
update checked
set column_name = 'clinic', value = key, reason = 'is of a clinic that you don''t look after: leave it to whoever does'
where reason is null and not ($clinics::varchar[] is null or list_contains($clinics::varchar[], key))
