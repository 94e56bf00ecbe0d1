-- question  Define whether a cell needs no trimming: it is empty, or begins and ends with something to see.
-- grain     one row
-- source    The signs that import/define_cell trims; every control character counts as blank in front
create or replace temp macro neat(t) as t is null
    or t = ''
    or t >= '!'
        and not starts_with(t, chr(160))
        and not starts_with(t, chr(65279))
        and not suffix(t, ' ')
        and not suffix(t, chr(9))
        and not suffix(t, chr(10))
        and not suffix(t, chr(13))
        and not suffix(t, chr(160))
        and not suffix(t, chr(65279))
