-- question  What has this user begun to enter on a form, and when was it left?
-- grain     form, field
-- param     user_name   varchar  demo specialist  whose; nobody else is ever shown it
-- param     episode_id  varchar  demo-0001        the course
-- param     form        varchar  score            the form; null for all of this user and course
-- param     now         timestamp  2026-11-23 09:00:00  UTC
-- column    form      varchar    the form
-- column    field     varchar    the field
-- column    value     varchar    as JSON
-- column    saved_at  timestamp  UTC
-- missing   no row: nothing begun, or not touched for long (data/reference/entry_rule.csv, draft_kept)
select form, field, value, saved_at
from draft
where user_name = $user_name and episode_id = $episode_id and ($form is null or form = $form)
qualify max(saved_at) over (partition by form) >= $now::timestamp - to_days((
    select limit_value::integer from entry_rule where rule = 'draft_kept'
))
order by form, field
