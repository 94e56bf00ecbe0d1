-- question  Retract the stored treated levels whose procedure was entered in error.
-- grain     episode_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
-- after     import/open_outcomes
-- after     import/open_withdrawals
update treated_level
set retracted_at = $now
where retracted_at is null
    and 'fhir:Procedure/' || episode_id in (
        select w.origin
        from staged_withdrawals w
        join outcome o using (row_id)
        where o.outcome = 'accepted'
    )
