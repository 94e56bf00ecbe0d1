"""What a link shows, worked out for whoever has it open; and the same on paper, by a ticket of the session."""

from __future__ import annotations

from contextlib import closing
from typing import TypedDict

from plumbline import report
from plumbline.progress.model import Progress
from plumbline.sharing import links
from plumbline.sharing.links import Link
from plumbline.sharing.sessions import LinkSession
from plumbline.store import Store
from plumbline.web import downloads, told
from plumbline.web.asking import Context

ACTION = "view_progress"
NAME = "my-recovery.pdf"
PATH = "paper/"


class Asked(TypedDict):
    """How the page was asked for."""

    language: str
    compared: bool


def progress_of(store: Store, mode: str, link: Link, *, language: str, compared: bool) -> Progress:
    """The progress of the link's patient, as of today at their clinic, with who opened their links."""
    as_of = links.today(link)
    with closing(store.cursor()) as cursor:
        episode_id = links.course(cursor, link, as_of) or ""
        opened = links.openings(cursor, link.patient_id, link.time_zone)
    return told.of(
        store, mode, link.patient_id, episode_id, as_of, language=language, compared=compared, openings=opened
    )


def ticket(store: Store, mode: str, session: LinkSession, link: Link, *, language: str, compared: bool) -> str:
    """A ticket for the same on paper: for one use within a minute, by this session."""

    def build(ctx: Context) -> bytes:
        return report.patient_pdf(progress_of(ctx.present, mode, link, language=language, compared=compared))

    ctx = Context(
        store, mode, session.account.role, links.today(link), "light", session.account.account_id,
        session.account.clinics, session.handle, link.patient_id,
    )  # fmt: skip
    return downloads.TICKETS.issue(ctx, session.actor, ACTION, NAME, build, ("link", link.link_id))
