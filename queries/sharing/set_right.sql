-- question  Note that a try to open a link was right.
-- grain     attempt_id
-- param     attempt_id  varchar  3f0a  the try
update share_attempt
set outcome = 'right'
where attempt_id = $attempt_id
