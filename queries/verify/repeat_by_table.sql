-- question  Which facts are there twice at the same time, where a key would allow one?
-- grain     kind, fact_key
-- column    kind      varchar  the kind of fact
-- column    fact_key  varchar  what makes it one: its ids, its moment
-- column    rows      bigint   how many are current
-- missing   no row: every key holds
-- source    The grains of data/README.md; of two closings on one day each may name its own flag
with keyed as (
    select 'clinic' as kind, clinic_id as fact_key from clinic where retracted_at is null
    union all
    select 'account', account_id from account where replaced_at is null
    union all
    select 'identity', issuer || ' ' || subject from account where replaced_at is null
    union all
    select 'patient', patient_id from patient where retracted_at is null
    union all
    select 'episode', episode_id from episode where retracted_at is null
    union all
    select 'treated_level', concat_ws(' ', episode_id, level) from treated_level where retracted_at is null
    union all
    select 'score', concat_ws(' ', patient_id, instrument, coalesce(taken_at::varchar, taken_on::varchar))
    from score
    where retracted_at is null
    union all
    select 'score_item', concat_ws(' ', score_id, item) from score_item where retracted_at is null
    union all
    select 'milestone', concat_ws(' ', episode_id, milestone, coalesce(happened_at::varchar, happened_on::varchar))
    from milestone_event
    where retracted_at is null
    union all
    select 'medication', concat_ws(' ', episode_id, drug, started_on) from medication where retracted_at is null
    union all
    select 'protocol_signature', concat_ws(' ', timeline_version, coalesce('clinic ' || clinic_id, 'every clinic'))
    from protocol_signature
    where retracted_at is null
    union all
    select 'goal', goal_key from goal where retracted_at is null
    union all
    select 'goal_review', concat_ws(' ', goal_key, reviewed_on) from goal_review where retracted_at is null
    union all
    select 'note', concat_ws(' ', episode_id, kind, coalesce(written_at::varchar, written_on::varchar), text, fields)
    from note
    where retracted_at is null
    union all
    select
        'event',
        concat_ws(
            ' ', e.episode_id, e.kind, coalesce(e.happened_at::varchar, e.happened_on::varchar), e.level,
            case when k.closes is not null then lower(e.detail) end
        )
    from event e
    left join event_kind k on k.kind = e.kind
    where e.retracted_at is null
)

select
    kind,
    fact_key,
    count(*) as rows
from keyed
group by kind, fact_key
having count(*) > 1
order by kind, fact_key
