-- question  What can a comparison come to, in which words?
-- grain     verdict
-- column    verdict     varchar  its name
-- column    mark        varchar  its mark
-- column    headline    varchar  the title, with places for words
-- column    template    varchar  the sentence, with places for words
-- column    is_certain  boolean  whether it says something of the patients
-- missing   never empty
-- source    data/reference/comparison_verdict.csv
select verdict, mark, headline, template, is_certain
from comparison_verdict
order by rank
