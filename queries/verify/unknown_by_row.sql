-- question  Which rows hold a word that isn't one of its closed set in data/reference?
-- grain     table_name, row_id, word
-- column    table_name  varchar  the table
-- column    row_id      varchar  the row
-- column    word        varchar  the word that isn't known
-- missing   no row: all words are known
with unknown as (
    select 'score' as table_name, score_id as row_id, instrument as word
    from score
    where instrument not in (select instrument from instrument)
    union all
    select 'score', score_id, status
    from score
    where status not in (select status from score_status)
    union all
    select 'score_item', score_item_id, scoring_rule
    from score_item
    where scoring_rule not in (select rule from scoring_rule)
    union all
    select 'milestone_event', milestone_event_id, milestone
    from milestone_event
    where milestone not in (select milestone from milestone)
    union all
    select 'milestone_event', milestone_event_id, status
    from milestone_event
    where status not in (select status from milestone_status)
    union all
    select 'event', event_id, kind from event where kind not in (select kind from event_kind)
    union all
    select 'event', event_id, level from event where level not in (select level from level)
    union all
    select 'treated_level', treated_level_id, level
    from treated_level
    where level not in (select level from level)
    union all
    select 'note', note_id, kind from note where kind not in (select kind from note_kind)
    union all
    select 'episode', episode_row_id, pathway
    from episode
    where pathway not in (select pathway from pathway)
    union all
    select 'episode', episode_row_id, cause
    from episode
    where cause not in (select cause from cause)
    union all
    select 'goal_review', goal_review_id, status
    from goal_review
    where status not in (select status from goal_status)
    union all
    select 'protocol_signature', protocol_signature_id, timeline_version
    from protocol_signature
    where timeline_version not in (select timeline_version from timeline_version)
    union all
    select 'contact_attempt', contact_attempt_id, outcome
    from contact_attempt
    where outcome not in (select outcome from contact_outcome)
    union all
    select 'flag_action', flag_action_id, answer
    from flag_action
    where answer not in (select answer from flag_answer)
    union all
    select 'account', account_id, role
    from account
    where replaced_at is null and role not in (select role from permission)
    union all
    select 'share_link', link_id, l.word
    from (
        select link_id, 'holder' as kind, holder as word from share_link
        union all
        select link_id, 'factor', factor from share_link
    ) l
    where not exists (select 1 from share_word w where w.kind = l.kind and w.word = l.word)
    union all
    select 'share_attempt', attempt_id, outcome
    from share_attempt
    where outcome not in (select word from share_word where kind = 'outcome')
    union all
    select 'flag_run', episode_id, verdict
    from flag_run
    where verdict not in (select verdict from verdict)
)

select distinct table_name, row_id, word
from unknown
order by table_name, row_id, word
