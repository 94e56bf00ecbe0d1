-- question  How much is there to look at, in how many patients, and how much of it can hurt?
-- grain     one row
-- param     clinic_id  varchar  null  one clinic, or null for all
-- frame     counted  code varchar, clinic_id varchar, things bigint, patients bigint
-- frame     checked  counted varchar, clinic_id varchar, checked bigint
-- column    things            bigint  what was found by all checks
-- column    patients          bigint  in how many patients
-- column    hurting           bigint  found by checks whose severity can hurt
-- column    checks            bigint  how many checks there are
-- column    patients_checked  bigint  how many patients there are
select
    coalesce((
        select sum(things) from counted where code is null and ($clinic_id::varchar is null or clinic_id = $clinic_id)
    ), 0)::bigint as things,
    coalesce((
        select sum(patients) from counted where code is null and ($clinic_id::varchar is null or clinic_id = $clinic_id)
    ), 0)::bigint as patients,
    coalesce((
        select sum(c.things)
        from counted c
        join quality_check q using (code)
        where q.severity = 'hurt' and ($clinic_id::varchar is null or c.clinic_id = $clinic_id)
    ), 0)::bigint as hurting,
    (select count(*) from quality_check) as checks,
    coalesce((
        select sum(checked)
        from checked
        where counted = 'patients' and ($clinic_id::varchar is null or clinic_id = $clinic_id)
    ), 0)::bigint as patients_checked
