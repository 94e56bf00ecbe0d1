-- question  Take back the links of patients who are gone: whoever comes under the same id may be somebody else.
-- grain     link_id
-- param     revoked_at  timestamp  2026-11-21 08:00:00  UTC
-- param     revoked_by  varchar    mmeier               who took their import back
update share_link
set revoked_at = $revoked_at, revoked_by = $revoked_by
where revoked_at is null and expires_at > $revoked_at
    and patient_id not in (select patient_id from patient where retracted_at is null)
