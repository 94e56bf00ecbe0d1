-- question  Store that a clinician has signed a timeline.
-- grain     protocol_signature_id
-- param     protocol_signature_id  varchar    new                  the id of the signature
-- param     timeline_version       varchar    kyphoplasty-2026.1   what is signed
-- param     clinic_id              varchar    null                 for which clinic; null is every clinic
-- param     signed_name            varchar    Dr A. Example        who signs, as typed
-- param     signed_title           varchar    Spine surgeon        in which role
-- param     content_digest         varchar    0                    the hash of what is signed
-- param     recorded_at            timestamp  2026-11-23 09:00:00  when, UTC
-- param     recorded_by            varchar    u1                   the account
-- param     supersedes             varchar    null                 the lapsed signature that it takes the place of
insert into protocol_signature by name
select
    $protocol_signature_id as protocol_signature_id,
    $timeline_version as timeline_version,
    $clinic_id as clinic_id,
    $signed_name as signed_name,
    $signed_title as signed_title,
    $content_digest as content_digest,
    $recorded_at as recorded_at,
    $recorded_by as recorded_by,
    'entered' as source,
    $supersedes as supersedes
