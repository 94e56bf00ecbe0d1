-- question  Define what is wrong with text that was read in one encoding and written in another; else missing.
-- grain     one row
-- source    UTF-8 taken for Windows-1252: ü becomes Ã¼, a dash â€“
create or replace temp macro garbled(t) as case
    when contains(t, 'â€')
        or (contains(t, 'Ã') or contains(t, 'Â'))
            and regexp_matches(t, '[ÃÂ][\x{80}-\x{bf}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]')
    then 'is garbled, such as Ã¼ where ü was meant: it was read in the wrong encoding before. Export it again as UTF-8'
end
