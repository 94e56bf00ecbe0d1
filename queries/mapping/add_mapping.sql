-- question  Keep one version of a mapping.
-- grain     name, version
-- param     mapping   varchar    throat-trial         its name
-- param     version   integer    1                    which version, from 1
-- param     digest    varchar    0a1b2c               the hash of what it says
-- param     yaml      varchar    name: throat-trial   the file as it was written
-- param     saved_at  timestamp  2026-03-01 09:00:00  UTC
-- param     saved_by  varchar    import               who saved it
insert into mapping
select $mapping, $version, $digest, $yaml, $saved_at, $saved_by
