-- question  Keep a field that was left, until the form is saved or thrown away.
-- grain     user_name, episode_id, form, field
-- param     user_name   varchar    demo specialist      whose
-- param     episode_id  varchar    demo-0001            the course
-- param     form        varchar    score                the form
-- param     field       varchar    value:nrs_back       the field
-- param     value       varchar    3                    as JSON
-- param     saved_at    timestamp  2026-11-23 09:00:00  UTC
insert into draft by name
select
    $user_name as user_name,
    $episode_id as episode_id,
    $form as form,
    $field as field,
    $value as value,
    $saved_at as saved_at
