insert into score by name
select
    score.* replace (
        md5(score_id || twin.number || repeat('+', again.number)) as score_id,
        patient_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as patient_id,
        episode_id || '-t' || lpad(cast(twin.number as varchar), 4, '0') as episode_id,
        taken_on - twin.days + cast(again.number as integer) as taken_on,
        taken_at - to_days(cast(twin.days - again.number as integer)) as taken_at
    )
from score, (select number, cast(365 * (number % $years) as integer) as days from range(1, $times) as n (number)) as twin, range(0, 2) as again (number)
where hash(score_id, twin.number) % 1000 < case when starts_with(instrument, 'nrs_back') then $pain else $other end - 1000 * again.number
order by patient_id, taken_on, taken_at
