-- question  How many answers can still be had, how complete is the visit with an aim, and where does an answer count most?
-- grain     one row
-- param     clinic_id  varchar  null  one clinic, or null for all
-- frame     counted  clinic_id varchar, clinic varchar, visit varchar, label varchar, target_day integer, state varchar, visits bigint, open_visits bigint, closing bigint, removed double
-- column    open_visits   bigint   answers that can still be had
-- column    late_visits   bigint   of them past the planned day
-- column    closing       bigint   of them with a window that closes by Sunday
-- column    aim_label     varchar  the visit with an aim, in words
-- column    aim_share     double   the aim
-- column    aim_received  bigint   answers received at that visit
-- column    aim_due       bigint   received, late and missed
-- column    most_clinic   varchar  the clinic at whose visit one more answer counts most
-- column    most_label    varchar  that visit, in words
-- column    most_received bigint   answers received there
-- column    most_due      bigint   received, late and missed there
-- column    is_thin       boolean  too few of them to compare
-- missing   most_… null: no answer can be had; aim_… null: no such visit
-- source    data/reference/followup_aim.csv, call_value.csv (thin_share)
with chosen as (
    select c.*, n.is_due
    from counted c
    join visit_state n on n.state = c.state::varchar
    where $clinic_id::varchar is null or c.clinic_id = $clinic_id
),

grouped as (
    select
        clinic, visit, any_value(label) as label,
        coalesce(sum(visits) filter (where state = 'received'), 0) as received,
        coalesce(sum(visits) filter (where is_due), 0) as due,
        max(removed) as removed
    from chosen
    group by clinic, visit
),

most as (
    select clinic, label, received, due
    from grouped
    where removed is not null
    order by removed desc, clinic, label
    limit 1
),

aimed as (
    select any_value(g.label) as label, any_value(a.share) as share, sum(g.received) as received, sum(g.due) as due
    from followup_aim a
    left join grouped g on g.visit::varchar = a.visit
)

select
    coalesce(sum(c.open_visits), 0)::bigint as open_visits,
    coalesce(sum(c.open_visits) filter (where c.state = 'late'), 0)::bigint as late_visits,
    coalesce(sum(c.closing), 0)::bigint as closing,
    any_value(a.label)::varchar as aim_label,
    any_value(a.share) as aim_share,
    any_value(a.received)::bigint as aim_received,
    any_value(a.due)::bigint as aim_due,
    any_value(m.clinic)::varchar as most_clinic,
    any_value(m.label)::varchar as most_label,
    any_value(m.received)::bigint as most_received,
    any_value(m.due)::bigint as most_due,
    any_value(m.received < t.value * m.due) as is_thin
from aimed a
join call_value t on t.name = 'thin_share'
left join most m on true
left join chosen c on true
