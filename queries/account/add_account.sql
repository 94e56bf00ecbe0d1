-- question  Add an account, or the changed one that takes its place.
-- grain     one row
-- param     account_id   varchar    mmeier               its short name, by which the record and entries know it
-- param     issuer       varchar    https://id.example   who vouches for the person
-- param     subject      varchar    1f0c                 the person's key there
-- param     role         varchar    specialist           of permission.csv
-- param     clinics      varchar[]  null                 those that it may see; null for every clinic
-- param     is_disabled  boolean    false                may no longer come in
-- param     changed_at  timestamp  2026-11-26 08:00:00  UTC
-- param     changed_by  varchar    system               who did it
insert into account (
    account_id, issuer, subject, role, clinics, is_disabled, changed_at, changed_by
)
values ($account_id, $issuer, $subject, $role, $clinics, $is_disabled, $changed_at, $changed_by)
