"""Real data in: native CSV and Parquet files and FHIR R4 documents, all or nothing.

`run(store, paths)` reads files and folders as one batch, in one transaction; the order of files, rows and columns
never matters. Readers bring every row as text with its line into staging tables; set-based SQL in `queries/import`
checks it and settles it against the other rows of the batch and against the store.

**Every row has one end**: accepted (stored), unchanged (already there), ignored (a kind that isn't used), rejected
(kept with file, line, column, value and reason). The four add up to the rows read.

**Clear rows.** Where nothing is stored of a kind for a patient, every row of the kind about that patient is sound as it
stands, and no two speak of one fact, those rows are stored at once (`clear_*.sql`, `make_doubtful.sql`); all others are
looked at one by one. Both ways give the same.

**Natural keys**, by which a row is known again:

    clinics      clinic                                     name, time_zone, phones, budget, pain_is_back_pain
    patients     patient_id                                 birth_date, sex, clinic, names, phone, died_on
    episodes     episode_id                                 all else; the patient of an episode never changes
    scores       patient, instrument, instant               value or status, context, items
    milestones   episode, milestone, instant                status, reported_by
    notes        episode, kind, instant, text               title, author
    events       episode, kind, instant, level              detail (of a closing event: part of the key)
    medications  episode, drug, started_on                  stopped_on, dose, unit, opioid

An instant is the time in UTC where one was given, else the date. An Observation is also known by its resource id.

**Rows against each other and against the store.** An empty cell or an absent column says nothing: it differs from no
value, and a value that comes later fills it (accepted; the old row is retracted, the new one supersedes it). A repeat
is unchanged. Two different values for one key in one batch: both are rejected, as nobody can tell which is right. A
value that differs from the stored one is rejected, unless `replace` is set, or an Observation is amended or corrected.

**Other people's files.** A mapping (`plumbline.intake.mapping`) says how the records of any table become such rows; a
REDCap export brings its own. A record may give several rows, or none, and the rows are what is counted.

**Times.** `2026-03-01`, `2026-03-01T14:30`, with seconds, a blank for the T, `Z` or an offset. Without an offset it is
the clinic's local time; one that the clocks skip is refused, of one that comes twice the later is meant. The future
begins after today at the clinic. A clinic that only a patient names is made, and its time zone assumed.
"""

from plumbline.intake.batch import rejects, run
from plumbline.intake.proposal import propose
from plumbline.intake.result import ImportResult
from plumbline.intake.settled import Settled

__all__ = ["ImportResult", "Settled", "propose", "rejects", "run"]
