-- question  Keep the expected band as it is, to compare it with the one made anew.
-- grain     timeline_version, instrument, day, baseline
create or replace temp table band_kept as
from expected_band
