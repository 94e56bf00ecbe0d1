-- question  Define the hash of a row of the record: over the hash before it and everything that the row says.
-- grain     one row
-- source    Fields are parted by the unit separator, which none of them may hold (plumbline/audit)
create or replace temp macro audit_hash(
    previous_hash, seq, happened_at, event, actor, role, clinic_id, object_kind, object_key, result, session, address,
    request_id
) as sha256(concat_ws(
    chr(31), previous_hash, seq, epoch_us(happened_at), event, actor, role, coalesce(clinic_id, ''),
    coalesce(object_kind, ''), coalesce(object_key, ''), result, coalesce(session, ''), coalesce(address, ''),
    coalesce(request_id, '')
))
