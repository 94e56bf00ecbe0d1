"""What a patient is shown about their own recovery: one model, three renderings (light page, Streamlit, PDF)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from plumbline.errors import NotFound
from plumbline.progress.blocks import (
    Opening,
    about_of,
    guidance_of,
    notes_of,
    steps_of,
    when_of,
    words_of,
)
from plumbline.progress.chart import chart_of
from plumbline.progress.facts import Facts, gather
from plumbline.progress.model import Progress
from plumbline.progress.summary import help_of, summary_of
from plumbline.progress.words import LANGUAGES, Speaker

__all__ = ["LANGUAGES", "Facts", "Progress", "gather", "of", "say"]


def of(
    cursor: Any,
    episode_id: str,
    as_of: date,
    *,
    language: str = "en",
    compared: bool = True,
    guidance: bool = True,
    openings: Sequence[Opening] = (),
    known_at: datetime | None = None,
) -> Progress:
    """What the patient of a course is told on a day. Raises NotFound where there is no such course or it is closed.

    Call `flag_runs.refresh` for the patient before: what is not worked out counts as not looked at. To show it often,
    keep what `gather` gives until something is written, and call `say`. `guidance`: the timeline is signed for the
    clinic (`protocol.guidance_allowed`). `openings`: when the link was opened on the clinic's clock, and by whom: you,
    carer or failed. `known_at`: the cursor reads the store as known then.
    """
    facts = gather(cursor, as_of, episode_id).get(episode_id)
    if facts is None:
        raise NotFound("There is no such course in this store. Make a new link on the Patient page.")
    return say(
        facts, language=language, compared=compared, guidance=guidance, openings=openings, known_at=known_at
    )


def say(
    facts: Facts,
    *,
    language: str = "en",
    compared: bool = True,
    guidance: bool = True,
    openings: Sequence[Opening] = (),
    known_at: datetime | None = None,
) -> Progress:
    """The same from facts that were gathered before: they hold until something is written, whatever the language."""
    if facts.situation["situation"] is None:
        raise NotFound("This course is closed: nothing more is shown to the patient, and links no longer open.")
    _ = Speaker(language)
    helping = help_of(facts, _)
    summary = summary_of(facts, _, compared=compared and facts.situation["tells_range"], helping=helping)
    name = facts.person["given_name"]
    notes = () if summary.is_urgent else notes_of(facts, _)
    return Progress(
        language=_.language,
        direction=_.direction,
        as_of=facts.as_of,
        hello=_("Hello {name}", name=name) if name else _("Hello"),
        when=when_of(facts, _),
        summary=summary,
        chart=chart_of(facts, _, compared=compared),
        guidance=guidance_of(facts, _, is_signed=guidance),
        steps=steps_of(facts, _, is_signed=guidance),
        notes_heading=_("Notes for you") if notes else "",
        notes=notes,
        help=helping,
        about_heading=_("About this page"),
        about=about_of(facts, _, openings, known_at),
        words=words_of(_),
    )
