"""What a patient is told, for every page that shows it: flags up to date, the timeline signed, facts from memory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime
from typing import TypedDict

import duckdb

from plumbline import flag_runs, progress, protocol
from plumbline.errors import NotFound, StoreBusy, StoreError
from plumbline.progress import Facts, Progress
from plumbline.sharing import links
from plumbline.sharing.links import Link
from plumbline.store import Store
from plumbline.trail import report
from plumbline.web import cache
from plumbline.web.share import light

_BYTES = 60_000  # about what the facts of a course hold
_WAIT_SECONDS = 0.3


class Asked(TypedDict):
    """How a page is asked for."""

    language: str
    compared: bool


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
        _refresh(store, patient_id)
    known = _facts(store, answers, episode_id, as_of)
    may_guide = any(
        _guides(store, answers, mode, row["clinic_id"], row["timeline_version"])
        for row in answers.arrow(store, "protocol/place_of_course", episode_id=episode_id).to_pylist()
    )
    return progress.say(
        known, language=language, compared=compared, guidance=may_guide, openings=openings, known_at=known_at
    )


def _refresh(store: Store, patient_id: str) -> None:
    """Make the patient's flags anew, if that can be written now: what isn't worked out counts as not looked at.

    No patient waits for an import, or for a disk that has room again.
    """
    try:
        flag_runs.refresh(store, patient_id=patient_id, wait=_WAIT_SECONDS)
    except StoreBusy:
        return
    except (StoreError, duckdb.Error) as error:
        report(error)


def link_of(store: Store, link_id: str, now: datetime) -> tuple[Link | None, str | None]:
    """A link as it stands at this instant (UTC), and why it shows nothing, if so.

    From memory until anything is written: links are written quietly, so what is kept of them holds for one count of
    writes, not of revisions.
    """
    answers = cache.shared()

    def find() -> Link | None:
        with closing(store.cursor()) as cursor:
            return links.of_id(cursor, link_id)

    link = answers.made(store, "link", find, link_id=link_id, writes=store.writes)
    if link is None:
        return None, "gone"

    def why() -> str:
        with closing(store.cursor()) as cursor:
            return links.ended_why(cursor, link, now) or ""

    as_of = links.today(link, now)
    ended = link.ended_why(now) or answers.made(store, "link/ended", why, link_id=link_id, as_of=as_of)
    return link, ended or None


def page_of(store: Store, mode: str, link: Link, *, language: str, compared: bool) -> str:
    """The light page of a link, as of today at its patient's clinic; from memory until anything is written."""

    def make() -> str:
        return light.page(of_link(store, mode, link, **asked), compared=compared, paper=link.has_paper)

    asked: Asked = {"language": language, "compared": compared}
    return cache.shared().made(
        store, "light page", make, len, link_id=link.link_id, as_of=links.today(link), writes=store.writes, mode=mode,
        **asked,
    )  # fmt: skip


def of_link(store: Store, mode: str, link: Link, *, language: str, compared: bool) -> Progress:
    """The progress of the link's patient, as of today at their clinic, with who opened their links."""
    as_of = links.today(link)
    with closing(store.cursor()) as cursor:
        episode_id = links.course(cursor, link, as_of) or ""
        opened = links.openings(cursor, link.patient_id, link.time_zone)
    return of(store, mode, link.patient_id, episode_id, as_of, language=language, compared=compared, openings=opened)


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
