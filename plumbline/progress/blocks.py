"""What follows the chart: what to do now, steps reached and ahead, notes, and what the page is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from plumbline.progress.facts import Facts, Row
from plumbline.progress.model import Card, Guidance, Note, Step, Steps
from plumbline.progress.words import LANGUAGES, Speaker

MOST_AHEAD, MOST_OPENINGS = 4, 5
PHASES = {
    "day_0": "The first day",
    "week_1": "The first week",
    "week_2": "The second week",
    "weeks_3_12": "Weeks 3 to 12",
    "long_term": "After the first 12 weeks",
}
OPENED = {
    "you": "You opened this page {when}.",
    "carer": "Someone you trust opened this page {when}.",
    "failed": "Someone could not open this page {when}.",
}
Opening = tuple[datetime, str]


def guidance_of(facts: Facts, _: Speaker, *, is_signed: bool) -> Guidance | None:
    """The cards of the day, what to leave while something waits, or why there are none."""
    row = facts.situation
    kind = "hold" if row["is_waiting"] and row["guidance"] != "none" else row["guidance"]
    if kind == "none":
        return None
    heading = _("What to do now")
    if not is_signed:
        return Guidance(heading, "", (), _("Ask your care team what to do now."))
    chosen = [card for card in facts.cards if (card["kind"] == "hold") == (kind == "hold")]
    if not chosen:
        return None
    chosen.sort(key=lambda card: card["kind"] != "avoid")
    phase = _(PHASES.get(row["phase"], "")) if kind == "day" else _until(row, _)
    return Guidance(heading, phase, tuple(_card(card, facts.as_of, _) for card in chosen), "")


def _until(row: Row, _: Speaker) -> str:
    if row["is_waiting"]:
        return _("Until your care team has looked at this")
    return _("Until you have talked with your care team")


def _card(card: Row, today: date, _: Speaker) -> Card:
    given = {"date": _.day(card["until_on"], today)} if card["until_on"] else {}
    return Card(card["card"], card["kind"], card["icon"], _(card["title"], **given), _(card["text"]))


def steps_of(facts: Facts, _: Speaker, *, is_signed: bool) -> Steps | None:
    """Steps reached, the newest first, and the next ones; none ahead while something waits."""
    row = facts.situation
    if row["guidance"] == "none":
        return None
    is_told = row["tells_steps"] and not row["is_waiting"]
    reached = [step for step in facts.steps if step["reached_day"] is not None]
    ahead = [step for step in facts.steps if step["reached_day"] is None][:MOST_AHEAD] if is_told and is_signed else []
    name = facts.person["given_name"]
    praise = (_("Well done, {name}.", name=name) if name else _("Well done.")) if is_told else ""
    note = "" if is_told else _("We show the next steps once you have talked with us.")
    if row["is_waiting"]:
        note = _("We show the next steps once your care team has looked at this.")
    if not (reached or ahead or note):
        return None
    return Steps(
        heading=_("Steps you have reached"),
        praise=praise if any(step["is_new"] for step in reached) else "",
        reached=tuple(Step(step["milestone"], _reached(step, _)) for step in reached),
        ahead_heading=_("Steps still ahead"),
        ahead=tuple(Step(step["milestone"], _ahead(step, facts.as_of, _)) for step in ahead),
        ahead_note=note,
    )


def _reached(step: Row, _: Speaker) -> str:
    title, day = _(step["title"]), step["reached_day"]
    if day < 0:
        return title
    return _("{step}: day {n}", step=title, n=day) if day else _("{step}: the same day", step=title)


def _ahead(step: Row, today: date, _: Speaker) -> str:
    title = _(step["title"])
    if step["stage"] == "not_before":
        return _("{step}: not before {date}", step=title, date=_.day(step["earliest_on"], today))
    if step["stage"] == "by":
        return _("{step}: most people by about day {n}", step=title, n=step["expected_day"])
    return _("{step}: when you are ready", step=title)


def notes_of(facts: Facts, _: Speaker) -> tuple[Note, ...]:
    """Notes that were written for the patient, in their author's own words; `by` says who wrote it and when."""
    return tuple(Note(note["written_on"], note["text"], _by(note, facts.as_of, _)) for note in facts.notes)


def _by(note: Row, today: date, _: Speaker) -> str:
    return ", ".join(filter(None, (note["author"], _.day(note["written_on"], today))))


def when_of(facts: Facts, _: Speaker) -> str:
    """Where the patient stands in time, in words."""
    day = facts.situation["day"]
    if day is None:
        return _.day(facts.as_of, facts.as_of)
    if day < 0:
        return _("Your procedure: in {span}", span=_.span(-day))
    if day == 0:
        return _("The day of your procedure")
    if (span := _.span(day)) == _.span(day - 1):
        return _("Day {n}: over {span} after your procedure", n=day, span=span)
    return _("Day {n}: {span} after your procedure", n=day, span=span)


def about_of(facts: Facts, _: Speaker, openings: Sequence[Opening], known_at: datetime | None) -> tuple[str, ...]:
    """What the page is and is not, of which day, and who has opened it."""
    said = [_("Scores up to {date}.", date=_.day(facts.as_of, facts.as_of))]
    if known_at is not None:
        said.append(_("As it was known on {date}.", date=_.day(known_at.date(), facts.as_of)))
    said.append(_("You know your body best."))
    said.append(_("This page does not take the place of your care team."))
    newest = sorted(openings, key=lambda opening: opening[0], reverse=True)[:MOST_OPENINGS]
    said += [_(OPENED[who], when=_.moment(at, facts.as_of)) for at, who in newest]
    if newest:
        said.append(_("Was that not you or your family? Call us and we will turn the link off."))
    if facts.person["is_made_up"]:
        said.append(_("This is a demo. No one here is real."))
    return tuple(said)


def words_of(_: Speaker) -> dict[str, str]:
    """The words of buttons and links; `other_language` is the code of the next language, `language` its name."""
    other = LANGUAGES[(LANGUAGES.index(_.language) + 1) % len(LANGUAGES)]
    return {
        "title": _("Your recovery"),
        "skip": _("Skip to what we say today"),
        "hide_range": _("Hide the expected range"),
        "show_range": _("Show the expected range"),
        "paper": _("Print or save this page"),
        "leave": _("Close this page"),
        "notes_left": _("Not all notes fit on this paper.") + " " + _("Ask us for the rest."),
        "other_language": other,
        "language": Speaker(other).name,
    }
