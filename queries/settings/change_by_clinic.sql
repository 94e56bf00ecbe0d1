-- question  What was ever changed of the settings of these clinics, the newest first?
-- grain     clinic_id, changed_at, field
-- param     clinic_id  varchar    null  one clinic, or null for all
-- param     clinics    varchar[]  null  the clinics that may be seen, or null for all
-- uses      settings/change_by_field as changed
-- column    clinic_id    varchar    the clinic
-- column    changed_at   timestamp  when, UTC
-- column    changed_by   varchar    who
-- column    is_staff     boolean    by somebody in Plumbline, not by an import
-- column    field        varchar    the column of clinic
-- column    said_before  varchar    the value before, as text
-- column    said         varchar    the value that it got, as text
-- missing   no row: nothing was ever changed; said_…: null where no value was given
select
    clinic_id,
    changed_at,
    changed_by,
    is_staff,
    field,
    said_before,
    said
from changed
where ($clinic_id::varchar is null or clinic_id = $clinic_id)
    and ($clinics::varchar[] is null or list_contains($clinics::varchar[], clinic_id))
order by changed_at desc, clinic_id, field
