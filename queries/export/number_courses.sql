-- question  Which courses are written next, and by which ids do resources refer to them?
-- grain     episode_id
-- after     export/choose_patients
-- after     export/define_ours
-- after     export/define_fhir_id
-- source    A course before any procedure has no resource of its own: it is referred to by its identifier
create or replace temp table course_numbered as
select
    episode_id,
    fhir_id(episode_id, episode_key) as id,
    episode_key,
    {
        'reference': 'EpisodeOfCare/' || fhir_id(episode_id, episode_key),
        'identifier': {'system': ours('episode'), 'value': episode_id}
    } as care
from episode
join chosen n using (patient_id)
where retracted_at is null
