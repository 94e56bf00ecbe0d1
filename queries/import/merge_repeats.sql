-- question  Where several rows of one import speak of one fact: what do they say together, and where do they contradict each other?
-- grain     key
-- param     replace  boolean  false  whether a different value supersedes the stored one
-- after     import/define_shown
-- after     import/open_files
-- after     import/match_stored
-- source    Rows that agree with the store are no party to a contradiction, unless values may be replaced
create or replace temp table merged as
with party as (
    select *
    from matched
    where key in (select key from matched group by key having count(*) > 1)
        and (not agrees or $replace)
),

said as (
    select row_id, file_no, line, key, generate_subscripts(fields, 1) as position, unnest(fields) as word
    from party
),

summed as (
    select
        key,
        position,
        max(word) as word,
        count(distinct word) > 1 as clashes,
        min(word) as one,
        arg_min(file_no, (word, row_id)) filter (where word is not null) as one_file,
        arg_min(line, (word, row_id)) filter (where word is not null) as one_line,
        arg_max(file_no, (word, -row_id)) filter (where word is not null) as other_file,
        arg_max(line, (word, -row_id)) filter (where word is not null) as other_line
    from said
    group by key, position
),

together as (
    select
        s.key,
        list(s.word order by s.position) as fields,
        min(s.position) filter (where s.clashes) as clash,
        arg_min(
            format('{} ({} line {}) and {} ({} line {})', shown(s.one), f.file, s.one_line, shown(s.word), g.file, s.other_line),
            s.position
        ) filter (where s.clashes) as two_values
    from summed s
    left join batch_file f on f.file_no = s.one_file
    left join batch_file g on g.file_no = s.other_file
    group by s.key
),

lead as (
    select
        key,
        min(row_id) filter (where not agrees) as lead_id,
        arg_min(fields, row_id) filter (where not agrees) as lead_fields,
        bool_or(differs is not null and not may_replace) as is_refused
    from party
    group by key
)

select key, lead_id, lead_fields, is_refused, fields, clash, two_values
from together
join lead using (key)
