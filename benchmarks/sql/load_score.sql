insert into score (score_id, patient_id, instrument, taken_on, taken_at, value, status, context, recorded_at, recorded_by, source)
select
    md5('s' || patient_id || instrument || taken_at), patient_id, instrument, cast(left(taken_at, 10) as date),
    case when length(taken_at) > 10 then make_timestamp(epoch_us(cast(taken_at as timestamptz))) end,
    try_cast(value as double), coalesce(status, 'done'), context, timestamp '2026-01-01', recorded_by, 'bench'
from read_csv($folder || '/scores.csv', all_varchar = true, header = true)
where try_cast(left(taken_at, 10) as date) <= $until
    and patient_id not like '%X%'
    and instrument in (select instrument from instrument)
    and not (instrument like 'nrs%' and (try_cast(value as double) not between 0 and 10 or try_cast(value as double) % 1 <> 0))
order by patient_id, taken_at
