-- question  Whose account is it that an identity provider vouches for?
-- grain     account_id
-- param     issuer   varchar  https://id.example  who vouches
-- param     subject  varchar  1f0c                the person's key there; the same key of another issuer is another person
-- column    account_id   varchar    its short name
-- column    role         varchar    of permission.csv
-- column    clinics      varchar[]  those that it may see, in order; null: every clinic
-- column    is_disabled  boolean    may no longer come in
-- missing   no row: nobody added this person
select account_id, role, list_sort(clinics) as clinics, is_disabled
from account
where replaced_at is null and issuer = $issuer and subject = $subject
order by account_id
