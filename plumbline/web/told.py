"""What a patient is told, for every page that shows it: flags up to date, the timeline signed, facts from memory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime

from plumbline import flag_runs, progress, protocol
from plumbline.errors import NotFound
from plumbline.progress import Facts, Progress
from plumbline.store import Store
from plumbline.web import cache

_BYTES = 60_000  # about what the facts of a course hold


def of(
    store: Store,
    mode: str,
    patient_id: str,
    episode_id: str,
    as_of: date,
    *,
    language: str,
    compared: bool,
    openings: Sequence[tuple[datetime, str]] = (),
    known_at: datetime | None = None,
) -> Progress:
    """The progress of a course as of a day. Raises NotFound where there is none to be shown."""
    answers = cache.shared()
    if answers.arrow(store, "flag/stale_by_patient", patient_id=patient_id, answered=False).num_rows:
        flag_runs.refresh(store, patient_id=patient_id)  # what is not worked out counts as not looked at
    known = _facts(store, answers, episode_id, as_of)
    may_guide = any(
        _guides(store, answers, mode, row["clinic_id"], row["timeline_version"])
        for row in answers.arrow(store, "protocol/place_of_course", episode_id=episode_id).to_pylist()
    )
    return progress.say(
        known, language=language, compared=compared, guidance=may_guide, openings=openings, known_at=known_at
    )


def _guides(store: Store, answers: cache.Answers, mode: str, clinic_id: str, version: str | None) -> bool:
    """Whether the timeline is signed for the clinic, from memory until something is written."""

    def ask() -> bool:
        with closing(store.cursor()) as cursor:
            return protocol.guidance_allowed(cursor, clinic_id, mode, version)

    return answers.made(store, "protocol/guides", ask, mode=mode, clinic_id=clinic_id, version=version)


def _facts(store: Store, answers: cache.Answers, episode_id: str, as_of: date) -> Facts:
    """The facts of one course, from memory until something is written."""

    def gather() -> Facts | None:
        with closing(store.cursor()) as cursor:
            return progress.gather(cursor, as_of, episode_id).get(episode_id)

    found = answers.made(store, "progress/facts", gather, lambda _: _BYTES, as_of=as_of, episode_id=episode_id)
    if found is None:
        raise NotFound("There is no such course in this store. Make a new link on the Patient page.")
    return found
