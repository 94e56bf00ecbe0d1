-- question  Forget the drafts that nobody has touched for long.
-- grain     user_name, episode_id, form, field
-- param     now  timestamp  2026-11-23 09:00:00  UTC
-- source    How long a draft is kept is a row of data/reference/entry_rule.csv (draft_kept); one field that was left keeps its whole form
delete from draft
where (user_name, episode_id, form) in (
    select (user_name, episode_id, form)
    from draft
    group by user_name, episode_id, form
    having max(saved_at) < $now::timestamp - to_days((
        select limit_value::integer from entry_rule where rule = 'draft_kept'
    ))
)
