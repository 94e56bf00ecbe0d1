-- question  Define how the items that a score was made of are written as one text, the same wherever they come from.
-- grain     one row
create or replace temp macro items_told(rule_of, coding_of, answers_of, points_of) as cast(
    to_json({'rule': rule_of, 'coding': coding_of, 'answers': answers_of, 'points': points_of}) as varchar
)
