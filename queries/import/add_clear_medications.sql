-- question  Store the clear medications, sorted by patient and day.
-- grain     medication_id
-- param     now          timestamp  2026-03-01 09:00:00     the instant of the import, UTC
-- param     recorded_by  varchar    import                  who imports
-- param     source       varchar    import                  where the rows come from
-- param     batch_id     varchar    20260301-090000-abcdef  the import
-- after     import/make_doubtful
-- after     import/clear_medications
insert into medication
select
    cast(uuidv7() as varchar),
    p.patient_id,
    r.episode_id,
    r.drug,
    r.day,
    r.end_day,
    r.dose,
    r.unit,
    coalesce(cast(r.opioid as boolean), d.drug_class = 'opioid'),
    $now,
    $recorded_by,
    $source,
    $batch_id,
    null,
    null
from clear_row r
join person p using (turn)
left join (select drug, any_value(drug_class) as drug_class from drug group by drug) d on d.drug = r.drug
where r.row_id not in (select row_id from doubtful)
order by r.turn, r.day, r.drug
