-- question  Which closing would take a danger sign that is entered for closed, though it was not recorded by then?
-- grain     one row
-- param     episode_id  varchar    demo-0001   the course
-- param     moment_on   date       2026-11-30  the day given
-- param     moment_at   timestamp  null        UTC, where a time was given
-- param     kind        varchar    calf        one of data/reference/event_kind.csv
-- column    closed_on    date     its day, the latest; null: none
-- column    is_that_day  boolean  of the very day given, and no time says which came first
-- missing   null: none would
-- source    The same words decide as in status/open_red_flag; what was recorded before the closing was known to whoever closed
select
    max(x.happened_on) as closed_on,
    coalesce(max(x.happened_on) = $moment_on::date and $moment_at::timestamp is null, false) as is_that_day
from event x
join event_kind c on c.kind = x.kind and c.closes = 'red_flag'
join event_kind k on k.kind = $kind and k.is_red_flag
where x.episode_id = $episode_id
    and x.retracted_at is null
    and coalesce(nullif(lower(trim(x.detail)), ''), k.kind) = k.kind
    and x.happened_on >= $moment_on::date
    and not coalesce(x.happened_on = $moment_on::date and x.happened_at < $moment_at::timestamp, false)
    and not exists (
        select 1
        from event b
        where b.episode_id = x.episode_id and b.kind = k.kind and b.recorded_at <= x.recorded_at
            and b.happened_on = $moment_on::date and b.happened_at is not distinct from $moment_at::timestamp
    )
