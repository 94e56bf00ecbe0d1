-- question  Of which timelines and instruments is the expected band not what the curve gives?
-- grain     timeline_version, instrument
-- after     verify/keep_band
-- column    timeline_version  varchar  the timeline
-- column    instrument        varchar  the instrument
-- missing   no row: kept and made anew are the same
select distinct timeline_version, instrument
from (
    (from band_kept except all from expected_band)
    union all
    (from expected_band except all from band_kept)
)
order by timeline_version, instrument
