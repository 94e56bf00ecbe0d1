-- question  Which mappings are saved, in which versions, the newest of each name first?
-- grain     name, version
-- param     mapping  varchar  null  only those of this name; null: all
-- column    name      varchar    its name
-- column    version   integer    counted up when what it says is changed
-- column    digest    varchar    the hash of what it says
-- column    yaml      varchar    the file as it was written
-- column    saved_at  timestamp  UTC
-- column    saved_by  varchar    who saved it
-- column    imports   bigint     how many imports have used this version
-- missing   no row: none is saved
with used as (
    select name, version, count(*) as imports
    from import_mapping
    group by name, version
)

select m.name, m.version, m.digest, m.yaml, m.saved_at, m.saved_by, coalesce(u.imports, 0) as imports
from mapping m
left join used u using (name, version)
where $mapping is null or m.name = $mapping
order by m.name, m.version desc
