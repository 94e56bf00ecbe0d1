-- question  What can be chosen in the lists of the entry forms, and in which order?
-- grain     list, code
-- column    list   varchar  score_status, milestone_status, event_kind, note_kind, level, drug or the action that a reason is for
-- column    code   varchar  as stored
-- column    label  varchar  in words
-- column    mark   boolean  a danger sign, an opioid
-- column    rank   bigint   its place in the list
-- missing   never: every list has rows
-- source    Danger signs come first, the most urgent at the head; what a clinician closes is done where the flag is answered
select list, code, label, mark, row_number() over (partition by list order by rank, label) as rank
from (
    select 'score_status' as list, status as code, label, false as mark, 1 as rank
    from score_status
    where not has_value
    union all
    select 'milestone_status', status, label, false, list_position(['achieved', 'not_yet', 'unable'], status)
    from milestone_status
    union all
    select 'event_kind', kind, label, is_red_flag, coalesce(list_position([
        'emergency now', 'emergency number', 'same day', 'within 24-72 h, image', 'same or next day'
    ], urgency), 10)
    from event_kind
    where closes is null
    union all
    select 'note_kind', kind, label, false, if(kind = 'visit', 0, 1)
    from note_kind
    union all
    select 'level', level, level, false, position
    from level
    union all
    select 'drug', drug, drug, drug_class = 'opioid', 1
    from drug
    union all
    select 'reason:' || action, label, label, false, position
    from change_reason
)
order by list, rank, code
