-- question  Add a link that a patient, or somebody for them, will hold.
-- grain     one row
-- param     link_id        varchar    3f0a                 its id, which opens nothing
-- param     token_digest   varchar    9b1c                 SHA-256 of what stands in its address, in hex
-- param     patient_id     varchar    P-0001               whose progress it shows
-- param     holder         varchar    patient              of share_word
-- param     factor         varchar    birth                of share_word
-- param     factor_digest  varchar    $argon2id$           argon2id of the second factor
-- param     has_paper      boolean    true                 whether a copy on paper may be had
-- param     created_at     timestamp  2026-11-20 08:00:00  UTC
-- param     created_by     varchar    mmeier               by whom
-- param     expires_at     timestamp  2026-12-04 08:00:00  until when, UTC
insert into share_link (
    link_id, token_digest, patient_id, holder, factor, factor_digest, has_paper, created_at, created_by, expires_at
)
values (
    $link_id, $token_digest, $patient_id, $holder, $factor, $factor_digest, $has_paper, $created_at, $created_by,
    $expires_at
)
