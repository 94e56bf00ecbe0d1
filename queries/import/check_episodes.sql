-- question  What does each episode row say, and what is wrong with it?
-- grain     row_id
-- after     import/define_unknown
-- after     import/define_cell
-- after     import/define_plain
-- after     import/define_id_fault
-- after     import/define_number_fault
-- after     import/define_moment_fault
-- after     import/open_outcomes
-- after     import/open_episodes
-- after     import/make_persons
-- after     import/make_courses
-- after     import/open_checks
-- source    Levels and cement are kept in the order of the spine, tags in the order of their names
insert into checked
with split as (
    select
        s.*,
        [upper(cell(x)) for x in string_split(s.levels, ';') if cell(x) is not null] as parts,
        [cell(x) for x in string_split(s.cement_ml, ';')] as amounts,
        list_sort([cell(x) for x in string_split(s.tags, ';') if cell(x) is not null]) as tag_parts
    from staged_episodes s
    where s.row_id not in (select row_id from outcome)
),

known as (
    select
        s.*,
        p.patient_id as person_id, p.zone, p.today, p.born_from, p.died_on,
        c.patient_id as stored_patient, c.fracture_on as stored_fracture, c.discharged_on as stored_end,
        lower(coalesce(s.pathway, c.pathway, 'kyphoplasty')) as pathway_word,
        v.pathway as version_pathway, w.all_levels,
        moment_fault(s.discharged_at, p.zone, p.today, p.born_from, p.died_on) as discharged_at_fault,
        moment_fault(s.fracture_on, p.zone, p.today, p.born_from, p.died_on) as fracture_on_fault,
        moment_fault(s.performed_at, p.zone, p.today, p.born_from, p.died_on) as performed_at_fault,
        moment_text(s.performed_at, p.zone) as performed, moment_text(s.discharged_at, p.zone) as discharged,
        moment_on(s.fracture_on, p.zone) as fracture_day,
        [x for x in parts if not list_contains(w.all_levels, x)] as unknown_parts,
        [number_of(x) for x in amounts] as numbers,
        [number_fault(x) for x in amounts if number_fault(x) is not null] as amount_faults
    from split s
    left join person p on p.patient_id = s.patient_id
    left join course c on c.episode_id = s.episode_id
    left join timeline_version v on v.timeline_version = s.timeline_version
    cross join (select list(level order by position) as all_levels from level) w
),

judged as (
    select *, case
        when id_fault(episode_id) is not null then ['episode_id', episode_id, id_fault(episode_id)]
        when patient_id is null then ['patient_id', null, 'is empty: give the patient''s id']
        when person_id is null then ['patient_id', patient_id, unknown(patient_id, 'patient')]
        when stored_patient <> patient_id then ['patient_id', patient_id, 'differs from the stored patient of this episode: an episode can''t move to another patient']
        when performed_at_fault is not null then ['performed_at', performed_at, performed_at_fault]
        when len(unknown_parts) > 0 then ['levels', levels, 'holds ' || unknown_parts[1] || ', which is no level: write T1 to T12 and L1 to L5 with ; between, as in T12;L1']
        when len(list_distinct(parts)) < len(parts) then ['levels', levels, 'names a level twice: name each treated level once']
        when cement_ml is not null and len(amounts) <> coalesce(len(parts), 0)
            then ['cement_ml', cement_ml, 'gives ' || len(amounts) || ' amounts for ' || coalesce(len(parts), 0) || ' levels: give one for each level, with ; between']
        when len(amount_faults) > 0 then ['cement_ml', cement_ml, amount_faults[1]]
        when list_min(numbers) < 0 then ['cement_ml', cement_ml, 'is negative: give the amount in ml']
        when pathway_word not in (select pathway from pathway) then ['pathway', pathway, 'is not a known pathway: write kyphoplasty, vertebroplasty or other']
        when fracture_on is not null and fracture_on_fault is not null then ['fracture_on', fracture_on, fracture_on_fault]
        when coalesce(fracture_day, stored_fracture) > cast(performed[1:10] as date)
            then ['fracture_on', coalesce(fracture_on, performed_at), 'the fracture lies after the procedure: check both dates']
        when lower(cause) not in (select cause from cause)
            then ['cause', cause, 'is not a known cause: write ' || (select string_agg(cause, ', ' order by cause) from cause)]
        when discharged_at is not null and discharged_at_fault is not null then ['discharged_at', discharged_at, discharged_at_fault]
        when coalesce(cast(discharged[1:10] as date), stored_end) < cast(performed[1:10] as date)
            or try_cast(discharged[12:] as timestamp) < try_cast(performed[12:] as timestamp)
            then ['discharged_at', coalesce(discharged_at, performed_at), 'the discharge lies before the procedure: check both']
        when timeline_version is not null and version_pathway is null and timeline_version <> 'none'
            then ['timeline_version', timeline_version, 'is not a known timeline: leave it empty, or give a published one']
        when version_pathway <> pathway_word
            then ['timeline_version', timeline_version, 'is a timeline of the pathway ' || version_pathway || ', not of ' || pathway_word]
        when len([x for x in tag_parts if not regexp_full_match(x, '[^=]*[^= ][^=]*=.*')]) > 0
            then ['tags', tags, 'is not a list of tags: write name=value with ; between, as in arm=A;trial=x']
        when len(list_distinct([string_split(x, '=')[1] for x in tag_parts])) < len(tag_parts)
            then ['tags', tags, 'names a tag twice: give each tag once']
    end as fault
    from known
)

select
    row_id, file_no, line, origin, false, patient_id, null, episode_id,
    [
        patient_id, performed,
        nullif(array_to_string([x for x in all_levels if list_contains(parts, x)], ';'), ''),
        nullif(array_to_string([x || '=' || plain(numbers[list_position(parts, x)])
            for x in all_levels if numbers[list_position(parts, x)] is not null], ';'), ''),
        lower(pathway), cast(fracture_day as varchar), lower(cause), surgeon, approach, of_grade, genant,
        discharged, timeline_version, nullif(array_to_string(tag_parts, ';'), '')
    ],
    fault[1], fault[2], fault[3]
from judged
