-- question  Say of ids that aren't known that only those of the clinics that may be brought in are.
-- grain     row_id
-- param     clinics  varchar[]  null  the clinics whose patients may be brought in, or null for all
-- after     import/open_checks
update checked
set reason = checked.reason || '. Only patients of the clinics that you look after are known to you'
where $clinics::varchar[] is not null and starts_with(checked.reason, 'is not a known')
