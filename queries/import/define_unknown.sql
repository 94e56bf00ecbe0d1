-- question  Define what is wrong with an id that isn't known.
-- grain     one row
-- after     import/define_line_fault
create or replace temp macro unknown(t, what) as coalesce(
    line_fault(t),
    'is not a known ' || what || ': import it first or along with this, or mend its own row if that was rejected'
)
