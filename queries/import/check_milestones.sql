-- question  What does each milestone row say, and what is wrong with it?
-- grain     row_id
-- after     import/define_unknown
-- after     import/define_moment_fault
-- after     import/open_milestones
-- after     import/make_courses
-- after     import/open_checks
-- source    Milestones belong to the episode's timeline; a status for the time before the fracture may be dated before the procedure
insert into checked
with known as (
    select
        s.*,
        moment_fault(s."on", c.zone, c.today, c.born_from, c.died_on) as on_fault,
        c.patient_id, c.zone, c.today, c.born_from, c.died_on, c.performed_on, c.timeline_version,
        m.milestone as known_milestone,
        t.status as known_status
    from staged_milestones s
    left join course c on c.episode_id = s.episode_id
    left join (select milestone, list(timeline_version) as versions from milestone group by milestone) m
        on m.milestone = lower(s.milestone)
        and (list_contains(m.versions, c.timeline_version) or c.timeline_version = 'none')
    left join milestone_status t on t.status = lower(s.status)
),

judged as (
    select *, case
        when episode_id is null then ['episode_id', null, 'is empty: give the episode''s id']
        when patient_id is null then ['episode_id', episode_id, unknown(episode_id, 'episode')]
        when milestone is null then ['milestone', null, 'is empty: give the milestone, such as stairs']
        when known_milestone is null then ['milestone', milestone, 'is not a milestone of the timeline ' || timeline_version || ': write one of data/reference/milestone.csv']
        when status is null then ['status', null, 'is empty: write ' || (select string_agg(status, ', ' order by status) from milestone_status)]
        when known_status is null
            then ['status', status, 'is not a known status: write ' || (select string_agg(status, ', ' order by status) from milestone_status)]
        when on_fault is not null then ['on', "on", on_fault]
        when known_status = 'achieved' and moment_on("on", zone) < performed_on
            then ['on', "on", 'is reached before the procedure: check the date, or write unable_before_fracture or not_applicable']
    end as fault
    from known
)

select
    row_id,
    file_no,
    line,
    null,
    false,
    patient_id,
    null,
    concat_ws(chr(31), episode_id, known_milestone, moment_text("on", zone)),
    [patient_id, episode_id, known_milestone, moment_text("on", zone), known_status, reported_by],
    fault[1],
    fault[2],
    fault[3]
from judged
