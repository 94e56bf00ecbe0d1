-- question  Define how a field is shown in a reason: an instant as its time in UTC, long text shortened, items as answers.
-- grain     one row
create or replace temp macro shown(x) as left(
    case
        when x like '{"rule":%'
            then 'the answers ' || regexp_replace(regexp_extract(x, '"answers":\[([^\]]*)\]', 1), '["]|null', '', 'g')
        else regexp_replace(x, '^[0-9]{4}-[0-9]{2}-[0-9]{2} ([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]+)$', '\1 UTC')
    end, 80
)
