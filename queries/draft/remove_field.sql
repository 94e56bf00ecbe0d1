-- question  Forget what a form held: one field of it, or all.
-- grain     user_name, episode_id, form, field
-- param     user_name   varchar  demo specialist  whose
-- param     episode_id  varchar  demo-0001        the course
-- param     form        varchar  score            the form
-- param     field       varchar  value:nrs_back   the field; null for all
delete from draft
where user_name = $user_name
    and episode_id = $episode_id
    and form = $form
    and ($field is null or field = $field)
