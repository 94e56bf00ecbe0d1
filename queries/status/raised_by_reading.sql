-- question  Which rises in pain stand as of a date, and when did a clinician last close one: confirmed by the next reading, or big at once, and no reading back since?
-- grain     episode_id, as_of, bin
-- param     as_of       date     2026-11-23  what is known on this day
-- param     episode_id  varchar  null        one course, or null for all
-- uses      status/asked as asked
-- uses      status/threshold_by_version as threshold_row
-- uses      status/course_as_of as course
-- uses      status/reading_by_bin as reading
-- column    episode_id     varchar    the course
-- column    as_of          date       which day is today
-- column    bin            integer    the reading that rose
-- column    value          double     its value
-- column    day            integer    its day
-- column    earlier        double     median of the (up to) three readings before it
-- column    is_big         boolean    enough without confirming
-- column    is_confirmed   boolean    the next reading is as high, in time
-- column    next_value     double     the confirming reading
-- column    next_day       integer    its day
-- column    said           varchar    the reading in words
-- column    next_said      varchar    the confirming reading in words
-- column    raised_on      date       when the rule first held
-- column    score_ids      varchar[]  the scores of both readings
-- column    closed_on      date       when a clinician last closed a new problem; null: never
-- missing   no row: no rise stands
-- source    Verdict rule new_problem; silence never clears it
with late_enough as (
    select r.*, t.* exclude (timeline_version)
    from reading r
    join course c using (episode_id, as_of)
    join threshold_row t using (timeline_version)
    where r.bin >= floor((t.new_problem_from_day - t.reading_first_day) / t.reading_bin_days)
        and r.day >= t.new_problem_from_day
),

before_it as (
    select
        a.episode_id,
        a.as_of,
        a.bin,
        count(*) as earlier_count,
        median(b.value) as earlier
    from late_enough a
    join late_enough b
        on b.episode_id = a.episode_id
        and b.as_of = a.as_of
        and b.position < a.position
        and b.position >= a.position - a.new_problem_history
    group by a.episode_id, a.as_of, a.bin
),

raised as (
    select
        a.*,
        p.earlier,
        a.value - p.earlier >= a.new_problem_big_rise and a.value >= a.new_problem_big_level as is_big,
        coalesce(
            n.value - p.earlier >= a.new_problem_rise and n.taken_on - a.taken_on <= a.new_problem_confirm_days,
            false
        ) as is_confirmed,
        n.value as next_value,
        n.day as next_day,
        n.taken_on as next_on,
        n.said as next_said,
        n.score_ids as next_ids
    from late_enough a
    join before_it p using (episode_id, as_of, bin)
    left join late_enough n
        on n.episode_id = a.episode_id and n.as_of = a.as_of and n.position = a.position + 1
    where p.earlier_count >= a.new_problem_least_history and a.value - p.earlier >= a.new_problem_rise
),

happened as (
    select s.episode_id, unnest(s.events, recursive := true)
    from episode_summary s
    where s.episode_id in (select episode_id from asked)
),

closed_by_clinician as (
    select q.episode_id, q.as_of, max(h.happened_on) as closed_on
    from happened h
    join event_kind k on k.kind = h.kind and k.closes = 'new_problem'
    join asked q on q.episode_id = h.episode_id and h.happened_on <= q.as_of
    group by q.episode_id, q.as_of
)

select
    r.episode_id, r.as_of, r.bin, r.value, r.day, r.earlier, r.is_big, r.is_confirmed, r.next_value, r.next_day,
    r.said,
    r.next_said,
    case when r.is_big then r.taken_on else r.next_on end as raised_on,
    case when r.is_confirmed then list_concat(r.score_ids, r.next_ids) else r.score_ids end as score_ids,
    k.closed_on
from raised r
left join closed_by_clinician k using (episode_id, as_of)
where (r.is_big or r.is_confirmed)
    and not exists (
        select 1
        from late_enough l
        where l.episode_id = r.episode_id
            and l.as_of = r.as_of
            and l.position > r.position
            and l.value <= r.earlier + l.new_problem_clear_margin
    )
order by r.episode_id, r.as_of, r.bin
