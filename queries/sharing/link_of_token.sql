-- question  Which link is meant by what stands in an address, or by its id, and what does it ask for?
-- grain     link_id
-- param     token_digest  varchar  null  SHA-256 of what stands in the address, in hex; null: the id is asked about
-- param     link_id       varchar  null  its id
-- column    link_id        varchar    its id
-- column    patient_id     varchar    whose progress it shows
-- column    clinic_id      varchar    the patient's clinic now; null where the patient isn't there any more
-- column    time_zone      varchar    of that clinic
-- column    holder         varchar    of share_word
-- column    factor         varchar    of share_word
-- column    factor_digest  varchar    argon2id of the second factor
-- column    has_paper      boolean    whether a copy on paper may be had
-- column    created_by     varchar    who made it
-- column    expires_at     timestamp  UTC
-- column    revoked_at     timestamp  UTC; null: it wasn't taken back
-- column    failures       bigint     wrong tries so far
-- missing   no row: there is no such link
select
    l.link_id,
    l.patient_id,
    p.clinic_id,
    c.time_zone,
    l.holder,
    l.factor,
    l.factor_digest,
    l.has_paper,
    l.created_by,
    l.expires_at,
    l.revoked_at,
    (select count(*) from share_attempt a where a.link_id = l.link_id and a.outcome = 'wrong') as failures
from share_link l
left join patient p on p.patient_id = l.patient_id and p.retracted_at is null
left join clinic c on c.clinic_id = p.clinic_id and c.retracted_at is null
where ($token_digest is not null or $link_id is not null)
    and ($token_digest is null or l.token_digest = $token_digest)
    and ($link_id is null or l.link_id = $link_id)
order by l.link_id
