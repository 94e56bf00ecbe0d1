-- question  Make the empty table of how many rows ended how without being looked at one by one.
-- grain     file_no, outcome
create or replace temp table outcome_count (
    file_no integer,
    outcome varchar,
    rows bigint
)
