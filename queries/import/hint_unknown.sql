-- question  Which id that isn't known is like one that is, with zeros in front, capitals, blanks or a .0 lost or gained?
-- grain     row_id
-- after     import/open_checks
-- after     import/make_persons
update checked
set reason = checked.reason || '. Known is ' || k.known || ': is it the same, with zeros, capitals or blanks lost?'
from (
    with bare as (
        select distinct value, lower(ltrim(regexp_replace(value, '\.0$|\s', '', 'g'), '0')) as form
        from checked
        where starts_with(reason, 'is not a known patient')
    )

    select b.value, any_value(p.patient_id) as known
    from bare b
    join person p on lower(ltrim(regexp_replace(p.patient_id, '\.0$|\s', '', 'g'), '0')) = b.form
    group by b.value
    having count(*) = 1
) k
where checked.value = k.value and starts_with(checked.reason, 'is not a known patient')
