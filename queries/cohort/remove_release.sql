-- question  Forget groups that were shown: what stands between the first and the last of the same, and the oldest.
-- grain     released_at, digest, kind
-- param     row_keys  varchar[]  []  the rows, by the key of cohort/release_by_time
delete from cohort_release
where list_contains($row_keys::varchar[], concat_ws(' ', released_at, released_by, kind, digest))
