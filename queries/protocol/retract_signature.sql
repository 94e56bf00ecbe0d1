-- question  Withdraw a signature; the row stays.
-- grain     protocol_signature_id
-- param     protocol_signature_id  varchar    old                  the signature
-- param     retracted_at           timestamp  2026-11-23 09:00:00  when, UTC
-- param     retracted_by           varchar    u1                   the account
-- param     retracted_why          varchar    new evidence         why
update protocol_signature
set retracted_at = $retracted_at, retracted_by = $retracted_by, retracted_why = $retracted_why
where protocol_signature_id = $protocol_signature_id and retracted_at is null
