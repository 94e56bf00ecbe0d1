-- question  Empty the cube, before all of it is made anew.
-- grain     clinic_id, age_from, instrument, week, value
delete from score_cube
