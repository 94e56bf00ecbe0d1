-- question  What does each line of newline-delimited JSON say, where it is an Observation of the usual shape?
-- grain     line
-- param     path  varchar  data/reference/instrument.csv  the file
-- param     longest  bigint  1000000  the longest line that is read, in bytes
-- source    Told only where plumbline/intake/observations.py says the same: one coding, a patient by reference, one instant, a
-- source    number; of keys that stand twice, nan, a comma too many, escapes or blanks in unusual places it is never told
create or replace temp table observation_line as
with numbered as (
    select row_number() over () as line, body
    from read_csv(
        $path, columns = {'body': 'varchar'}, delim = chr(1), quote = '', escape = '', header = false,
        auto_detect = false, ignore_errors = true, max_line_size = $longest
    )
),

opened as (
    select
        line,
        body,
        not regexp_matches(
            body, '[\\\t\x{A0}\x{FEFF}]|""|,[}\]]| [}\]]|" | ",| "}|[:,\[] ?-?[nNiI][aAnN]'
        ) as is_tidy,
        try(json_extract(body, [
            '$.resourceType', '$.id', '$.status', '$.code.coding[0].system', '$.code.coding[0].code',
            '$.subject.reference', '$.effectiveDateTime', '$.meta.lastUpdated', '$.valueQuantity.value',
            '$.valueQuantity.unit', '$.valueQuantity.system', '$.valueQuantity.code', '$.valueInteger',
            '$.code.coding[0].display', '$.code.text', '$.subject.display', '$.code.coding[1]'
        ]))::varchar[] as v,
        try(json_keys(body, ['$', '$.code', '$.code.coding[0]', '$.subject', '$.meta', '$.valueQuantity'])) as k
    from numbered
),

keyed as (
    select
        line, body, is_tidy, k,
        v[1] as type, v[2] as id, v[3] as status, v[4] as code_system, v[5] as code, v[7] as taken_at, v[8] as updated,
        coalesce(v[9], v[13]) as number, v[10] as unit, v[11] as unit_system, v[12] as unit_code,
        v[17] is null
        and (v[4] is null or starts_with(v[4], '"')) and (v[8] is null or starts_with(v[8], '"'))
        and (v[10] is null or starts_with(v[10], '"')) and (v[11] is null or starts_with(v[11], '"'))
        and (v[12] is null or starts_with(v[12], '"'))
        and (v[14] is null or starts_with(v[14], '"'))
        and (v[15] is null or starts_with(v[15], '"'))
        and (v[16] is null or starts_with(v[16], '"')) as is_text,
        array_to_string(k[1], ' ') as top,
        array_to_string(k[2], ' ') as code_keys,
        array_to_string(k[3], ' ') as coding_keys,
        array_to_string(k[4], ' ') as subject_keys,
        array_to_string(k[5], ' ') as meta_keys,
        array_to_string(k[6], ' ') as value_keys,
        regexp_extract(v[6], '^"(?:[!-~]*/)?Patient/([A-Za-z0-9\-.]{1,64})"$', 1) as patient_id
    from opened
)

select
    line, id[2:-2] as id, status[2:-2] as status, code_system[2:-2] as code_system, code[2:-2] as code, patient_id,
    taken_at[2:-2] as taken_at, updated[2:-2] as updated, number,
    coalesce(unit_code, unit)[2:-2] as unit,
    case when unit_code is not null then unit_system[2:-2] end as unit_system,
    coalesce(
        is_tidy and is_text
        and type = '"Observation"'
        and status in ('"final"', '"amended"', '"corrected"')
        and (id is null or regexp_full_match(id, '"[A-Za-z0-9\-.]{1,64}"'))
        and starts_with(code, '"')
        and not starts_with(coalesce(code_system, ''), '"https://plumbline.example/')
        and patient_id <> ''
        and starts_with(taken_at, '"')
        and length(top) - length(replace(top, 'value', '')) = length('value')
        and not contains(top, 'component') and not contains(top, 'contained') and not contains(top, 'dataAbsentReason') and not contains(top, 'extension')
        and list_unique(k[1]) = len(k[1])
        and code_keys in ('coding', 'coding text', 'text coding')
        and coding_keys in ('system code', 'system code display', 'code system', 'code display system', 'code')
        and subject_keys in ('reference', 'reference display', 'display reference')
        and (meta_keys is null or regexp_full_match(
            meta_keys, '(versionId )?lastUpdated( source)?( profile)?|profile( lastUpdated)?|source lastUpdated'
        ))
        and (value_keys is null or regexp_full_match(
            value_keys, 'value( unit)?( system)?( code)?|unit value|(system )?(code )?(unit )?value'
        ))
        and regexp_full_match(number, '-?[0-9]{1,15}(\.[0-9]{1,10})?')
        and (not contains(number, '.') or contains(replace(body, '": ', '":'), '":' || number || ',')
            or contains(replace(body, '": ', '":'), '":' || number || '}')),
        false
    ) as is_told
from keyed
