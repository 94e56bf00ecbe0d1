-- question  How many rows of the import that is running are ignored, and why?
-- grain     reason
-- after     import/open_outcomes
-- column    reason  varchar  which kind they are of
-- column    rows    bigint   how many
-- missing   no row: none is ignored
select reason, count(*) as rows
from outcome
where outcome = 'ignored'
group by reason
order by rows desc, reason
