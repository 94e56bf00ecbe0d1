-- question  What should this patient be asked: the primary instrument first, then those answered before?
-- grain     instrument
-- param     episode_id  varchar  demo-0001  the episode
-- column    instrument   varchar  instrument code
-- column    label        varchar  in words
-- column    minimum      double   lowest value
-- column    maximum      double   highest value
-- column    best_words   varchar  the words at its best end
-- column    worst_words  varchar  the words at its worst end
-- column    direction    varchar  lower_better or higher_better
-- column    is_integer   boolean  whole numbers only
-- column    is_primary   boolean  the one that the visit counts by
-- missing   no row: no such episode
with asked as (
    select e.patient_id, e.primary_instrument
    from episode_summary e
    where e.episode_id = $episode_id
)

select
    i.instrument, i.label, i.minimum, i.maximum, i.best_words, i.worst_words, i.direction, i.is_integer,
    i.instrument = a.primary_instrument as is_primary
from instrument i
cross join asked a
where i.instrument = a.primary_instrument
    or i.instrument in (select s.instrument from score s where s.patient_id = a.patient_id and s.retracted_at is null)
order by i.instrument <> a.primary_instrument, i.panel_order, i.instrument
