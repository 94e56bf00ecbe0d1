-- question  Which change between two scores matters, and which is only measurement error, for each instrument?
-- grain     instrument
-- column    instrument  varchar  its code
-- column    label       varchar  in words
-- column    mic_words   varchar  smallest change that matters; both must be reached
-- column    error       double   smallest detectable change
-- column    unit        varchar  of both
-- column    how_known   varchar  how sure that is, in words
-- column    source      varchar  where it comes from
-- missing   null where nothing is published; then nothing is judged
-- source    data/reference/meaningful_change.csv, row by row
select
    m.instrument,
    i.label,
    printf('%g', m.mic_points) || coalesce(' and ' || printf('%g%%', round(100 * m.mic_share)), '') as mic_words,
    m.smallest_detectable_change as error,
    i.unit,
    w.label as how_known,
    m.source
from meaningful_change m
join instrument i on i.instrument = m.instrument
join evidence_word w on w.code = m.confidence
order by i.panel_order
