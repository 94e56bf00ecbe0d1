-- question  How is each instrument named in FHIR, and what is its unit in UCUM?
-- grain     instrument
-- after     export/define_ours
-- column    instrument  varchar  the instrument
-- column    code        json     its codes and words: those of others first, then ours
-- column    unit        varchar  as on the screen
-- column    ucum        varchar  the unit's code
-- source    UCUM: points of a scale have no unit, so an annotation stands for it. Codes whose meaning was read, not recalled
select
    i.instrument,
    to_json({
        'coding': list_concat(
            coalesce(
                list({'system': c.system, 'code': c.code} order by c.system, c.code) filter (c.code is not null),
                []
            ),
            [{'system': ours('instrument'), 'code': i.instrument}]
        ),
        'text': i.label
    }) as code,
    i.unit,
    case i.unit
        when 'points' then '{score}'
        when 'index' then '{index}'
        when 'T-score' then '{tscore}'
        else i.unit
    end as ucum
from instrument i
left join instrument_code c on c.instrument = i.instrument and c.confidence = 'verified'
group by i.instrument, i.label, i.unit
order by i.instrument
