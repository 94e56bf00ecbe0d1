-- question  To whom can a flag be assigned: surgeons of this store, and whoever had one before?
-- grain     owner
-- column    owner  varchar  as given
-- missing   no row: nobody yet; any name can be given
select distinct owner
from (
    select surgeon as owner from episode_summary
    union all
    select owner from flag_action where retracted_at is null
)
where owner is not null
order by owner
