-- question  When were notes written, in a de-identified export? Never what they say.
-- grain     episode, kind, written_on, turn
-- after     export/draw_patients
-- after     export/draw_keys
-- after     export/draw_surgeons
-- column    episode  varchar  a random id
-- column    kind  varchar  the kind of note
-- column    written_on  date  shifted
-- column    turn  bigint  which of that day
-- missing   no row: nothing is stored; null: an empty cell
select
    d.episode,
    n.kind,
    n.written_on - k.back as written_on,
    row_number() over (partition by n.episode_id, n.kind, n.written_on order by n.note_id) as turn
from note n
join patient_drawn k using (patient_id)
join episode_drawn d using (episode_id)
where n.retracted_at is null
order by d.episode, written_on, n.kind, turn
