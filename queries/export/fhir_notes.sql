-- question  Which notes are there, as FHIR DocumentReferences?
-- grain     url
-- after     export/choose_patients
-- after     export/number_courses
-- after     export/define_fhir_id
-- after     export/define_concept
-- after     export/define_identifier
-- after     export/define_bare
-- after     export/define_present
-- after     export/define_instant
-- column    turn  bigint  the patient's
-- column    url  varchar  type and id
-- column    body  varchar  the resource
-- missing   no row: nothing is stored
-- source    The fields of a structured note are lines of its document, for any reader, and extensions, for ours
with whole as (
    select
        note.*,
        n.turn,
        n.subject,
        list_filter(map_entries(fields), lambda f: f.value <> '') as filled,
        concat_ws(
            chr(10),
            nullif(text, ''),
            list_aggregate(list_transform(filled, lambda f: f.key || ': ' || f.value), 'string_agg', chr(10))
        ) as document
    from note
    join chosen n using (patient_id)
    where retracted_at is null
)

select
    w.turn,
    'DocumentReference/' || fhir_id(w.note_id, md5(w.note_id)) as url,
    cast(bare({
        'resourceType': 'DocumentReference',
        'id': fhir_id(w.note_id, md5(w.note_id)),
        'meta': {'lastUpdated': instant(null, w.recorded_at)},
        'extension': nullif(list_transform(w.filled, lambda f: {
            'url': ours('note-field'),
            'extension': [{'url': 'field', 'valueString': f.key}, {'url': 'value', 'valueString': f.value}]
        }), []),
        'status': 'current',
        'type': concept('note-kind', w.kind, k.label),
        'subject': w.subject,
        'date': instant(null, w.written_at),
        'author': case when w.author is not null then [{'display': w.author}] end,
        'description': w.title,
        'content': [{
            'attachment': {'contentType': 'text/plain; charset=utf-8', 'data': to_base64(encode(w.document))}
        }],
        'context': {
            'encounter': [bare({'reference': c.care.reference, 'identifier': identifier('episode', w.episode_id)})],
            'period': {'start': instant(w.written_on, w.written_at)}
        }
    }) as varchar) as body
from whole w
left join course_numbered c using (episode_id)
left join note_kind k using (kind)
order by w.turn, w.written_on, w.written_at, url
