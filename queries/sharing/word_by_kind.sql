-- question  What are the words of links called?
-- grain     kind, word
-- column    kind   varchar  holder, factor, outcome or state
-- column    word   varchar  the word
-- column    label  varchar  on the screen
-- column    mark   varchar  the sign beside it
-- source    data/reference/share_word.csv
select
    kind,
    word,
    label,
    mark
from share_word
order by kind, word
