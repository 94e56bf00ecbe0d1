-- question  Which accounts are there, and may they come in?
-- grain     account_id
-- param     account_id  varchar    null  one account, or null for all
-- param     clinics     varchar[]  null  accounts that see one of these clinics only; null for all
-- column    account_id   varchar    its short name, by which the record and entries know it
-- column    issuer       varchar    who vouches for the person
-- column    subject      varchar    the person's key there
-- column    role         varchar    of permission.csv
-- column    clinics      varchar[]  those that it may see, in order; null: every clinic
-- column    is_disabled  boolean    may no longer come in
-- column    changed_at  timestamp  since when it is so, UTC
-- column    changed_by  varchar    who did it
-- column    seen_at      timestamp  last seen in a session, UTC; null: never came in
-- missing   no row: there is no such account
select
    a.account_id, a.issuer, a.subject, a.role, list_sort(a.clinics) as clinics, a.is_disabled, a.changed_at,
    a.changed_by, max(s.seen_at) as seen_at
from account a
left join account_session s using (account_id)
where a.replaced_at is null
    and ($account_id::varchar is null or a.account_id = $account_id)
    and ($clinics::varchar[] is null or list_has_any(a.clinics, $clinics::varchar[]))
group by all
order by a.account_id
