"""What a page shows to whoever opened a link: the progress of the link's own patient, asked for by no key at all."""

from __future__ import annotations

from contextlib import closing

from plumbline.errors import NotAllowed
from plumbline.progress.model import Progress
from plumbline.sharing import links
from plumbline.sharing.links import Link
from plumbline.sharing.sessions import LinkSession
from plumbline.web import told
from plumbline.web.asking import Context
from plumbline.web.server import serving


def link_of(ctx: Context) -> Link:
    """The link of whoever asks, as it stands now. Raises NotAllowed where there is none, or where it has ended."""
    session = serving.session(ctx.session)
    with closing(ctx.present.cursor()) as cursor:
        link = links.of_id(cursor, session.account.account_id) if isinstance(session, LinkSession) else None
        if link is None or links.ended_why(cursor, link, links.utc_now()):
            raise NotAllowed("This page is closed. Open it again with your link, or call your clinic.")
    return link


def progress(ctx: Context, *, language: str, compared: bool) -> Progress:
    """The progress of the link's patient, as of today. Raises NotAllowed."""
    link = link_of(ctx)
    return told.of_link(ctx.present, ctx.mode, link, language=language, compared=compared)
