-- question  Keep how many rows of each file were clear: they were stored without being looked at one by one.
-- grain     file_no
-- after     import/open_outcome_counts
-- after     import/clear_scores
-- after     import/make_doubtful
insert into outcome_count
select file_no, 'accepted', count(*)
from clear_row
where row_id not in (select row_id from doubtful)
group by file_no
