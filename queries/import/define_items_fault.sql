-- question  Define what is wrong with the items beside a score; nothing where there are none, or where they give it.
-- grain     one row
-- after     import/define_items_read
-- source    The rules of data/reference/scoring_rule.csv
create or replace temp macro items_fault(t, instrument_of, number) as case when t is not null then (
    select case
        when m is null then 'can''t be read: leave what the export wrote, or empty the cell'
        when r.rule is null then 'name no rule that scores ' || instrument_of || ': leave what the export wrote, or empty the cell'
        when len(m.answers) <> r.items or len(m.points) <> r.items
            then 'are not the ' || r.items || ' of ' || instrument_of || ': leave what the export wrote, or empty the cell'
        when len([p for p in m.points if p < r.item_lowest or p > r.item_highest]) > 0
            then 'hold an answer that ' || instrument_of || ' doesn''t have: leave what the export wrote, or empty the cell'
        when len([p for p in m.points if p is not null]) < r.least_answered
            then 'hold fewer answers than ' || r.rule || ' needs: leave what the export wrote, or empty the cell'
        when round(r.full_score * list_sum(m.points) / (r.item_highest * if(
            r.unanswered = 'zero', r.items, len([p for p in m.points if p is not null])
        )), 6) is distinct from round(number, 6)
            then 'give another score than the one beside them: correct the one that is wrong'
    end
    from (select items_read(t) as m)
    left join scoring_rule r on r.rule = m.rule and r.instrument = instrument_of
) end
