-- question  Of which imports do the counts not add up?
-- grain     batch_id
-- column    batch_id  varchar  the import
-- missing   no row: each row read has one end, in each file and in all, and each rejected row is kept
with told as (
    select
        b.batch_id,
        [b.rows, b.accepted, b.unchanged, b.ignored, b.rejected] as whole,
        [sum(f.rows), sum(f.accepted), sum(f.unchanged), sum(f.ignored), sum(f.rejected)]::bigint[] as parts,
        coalesce(bool_and(f.rows = f.accepted + f.unchanged + f.ignored + f.rejected), true) as adds_up,
        any_value(r.rejects) as rejects
    from import_batch b
    left join import_file f using (batch_id)
    left join (select batch_id, count(*) as rejects from import_reject group by batch_id) r using (batch_id)
    group by all
)

select batch_id
from told
where not adds_up or whole <> parts or whole[5] <> coalesce(rejects, 0)
order by batch_id
