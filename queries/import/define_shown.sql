-- question  Define how a field is shown in a reason: an instant as its time in UTC, long text shortened.
-- grain     one row
create or replace temp macro shown(x) as left(
    regexp_replace(x, '^[0-9]{4}-[0-9]{2}-[0-9]{2} ([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]+)$', '\1 UTC'), 80
)
