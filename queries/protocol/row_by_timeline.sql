-- question  What is signed with a timeline, row by row, in words: each value, how it is known, and where it comes from?
-- grain     turn, position
-- param     timeline_version  varchar  kyphoplasty-2026.1  the version of the timeline
-- uses      protocol/told_by_row as told
-- column    turn          integer  where the part stands
-- column    position      bigint   where the row stands within its part
-- column    part          varchar  what kind of row it is
-- column    label         varchar  what it is about
-- column    says          varchar  all of its values, each with its name
-- column    how_known     varchar  how sure it is, in words
-- column    is_published  boolean  whether it was read in a published source
-- column    source        varchar  where it comes from
-- source    The same rows that the signature's hash is made of
with row_said as (
    select
        t.turn,
        t.part,
        t.said,
        t.said ->> 'source' as source,
        t.said ->> 'confidence' as confidence,
        coalesce(
            t.said ->> 'label', t.said ->> 'study', t.said ->> 'meaning', i.label, t.said ->> 'summary', t.said ->> 'title'
        ) as label,
        coalesce(
            t.said ->> 'rank', t.said ->> 'panel_order', t.said ->> 'turn', t.said ->> 'expected_day',
            t.said ->> 'target_day', t.said ->> 'from_day', t.said ->> 'day', '0'
        )::integer as place
    from told t
    left join instrument i on i.instrument = t.said ->> 'instrument'
    where t.timeline_version = $timeline_version
),

value_said as (
    select
        r.turn,
        r.said,
        string_agg(
            replace(e.key, '_', ' ') || ' ' || coalesce(e.value ->> '$', 'none'), ' · ' order by e.id
        ) as says
    from row_said r, json_each(r.said) e
    where e.key not in ('timeline_version', 'label', 'source', 'confidence')
        and (e.value ->> '$') is distinct from r.label
    group by r.turn, r.said
)

select
    r.turn,
    row_number() over (
        partition by r.turn order by r.said ->> 'preset' desc, r.said ->> 'instrument', r.place, r.said::varchar
    ) as position,
    r.part,
    r.label,
    v.says,
    w.label as how_known,
    r.confidence = 'verified' as is_published,
    r.source
from row_said r
join value_said v on v.turn = r.turn and v.said = r.said
join evidence_word w on w.code = r.confidence
order by r.turn, position
