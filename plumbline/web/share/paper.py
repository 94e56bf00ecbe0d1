"""What a link shows, worked out for whoever has it open; and the same on paper, by a ticket of the session."""

from __future__ import annotations

from plumbline import report
from plumbline.sharing import links
from plumbline.sharing.links import Link
from plumbline.sharing.sessions import LinkSession
from plumbline.store import Store
from plumbline.web import downloads, told
from plumbline.web.asking import Context

ACTION = "view_progress"
NAME = "my-recovery.pdf"
PATH = "paper/"


def ticket(store: Store, mode: str, session: LinkSession, link: Link, *, language: str, compared: bool) -> str:
    """A ticket for the same on paper: for one use within a minute, by this session."""

    def build(ctx: Context) -> bytes:
        return report.patient_pdf(told.of_link(ctx.present, mode, link, language=language, compared=compared))

    ctx = Context(
        store, mode, session.account.role, links.today(link), "light", session.account.account_id,
        session.account.clinics, session.handle, link.patient_id,
    )  # fmt: skip
    return downloads.TICKETS.issue(ctx, session.actor, ACTION, NAME, build, ("link", link.link_id))
