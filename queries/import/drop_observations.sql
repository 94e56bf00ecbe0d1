-- question  Let go of the lines that were read at once.
-- grain     line
-- after     import/read_observations
drop table observation_line
