-- question  Define whether a number is what is worked out from some of the items of a count, to one decimal.
-- grain     one row
-- source    data/reference/scoring_rule.csv: sum x items / answered, from the least answered on
create or replace temp macro is_prorated(number, instrument_of) as exists (
    from (
        select items, unnest(range(least_answered, items)) as answered
        from scoring_rule
        where instrument = instrument_of and unanswered = 'left_out' and full_score = items * item_highest
    ) r
    where round(round(number * r.answered / r.items) * r.items / r.answered, 1) = round(number, 1)
)
