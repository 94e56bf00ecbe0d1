-- question  Retract the stored medications whose resource was entered in error.
-- grain     medication_id
-- param     now  timestamp  2026-03-01 09:00:00  the instant of the import, UTC
-- after     import/open_outcomes
-- after     import/open_withdrawals
update medication
set retracted_at = $now
where retracted_at is null
    and split_part(source, '#', 1) in (
        select w.origin
        from staged_withdrawals w
        join outcome o using (row_id)
        where o.outcome = 'accepted'
    )
