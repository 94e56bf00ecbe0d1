-- question  Define what a text says of the items that a score was made of; missing where it can't be read.
-- grain     one row
-- source    As JSON: {"rule":"odi_percent","coding":"0-5","answers":["1",null …],"points":[1,null …]}
create or replace temp macro items_read(t) as case
    when json_valid(t)
    then from_json(t, '{"rule":"VARCHAR","coding":"VARCHAR","answers":["VARCHAR"],"points":["INTEGER"]}')
end
