-- question  Which sessions have not ended, and what may each of them see?
-- grain     session
-- column    session     varchar    SHA-256 of what the browser holds, in hex
-- column    account_id  varchar    whose
-- column    role        varchar    of the account now
-- column    clinics     varchar[]  of the account now; null: every clinic
-- column    issuer      varchar    who vouches for the person
-- column    subject     varchar    the person's key there
-- column    address     varchar    the network that it came from
-- column    started_at  timestamp  UTC
-- column    seen_at     timestamp  last used, UTC
-- column    ends_at     timestamp  at the latest, UTC
-- missing   no row: nobody is signed in; sessions of disabled accounts are none
select
    s.session, s.account_id, a.role, list_sort(a.clinics) as clinics, a.issuer, a.subject, s.address,
    s.started_at, s.seen_at, s.ends_at
from account_session s
join account a on a.account_id = s.account_id and a.replaced_at is null and not a.is_disabled
where s.ended_at is null
order by s.started_at, s.session
