"""The first thing that a patient reads: the verdict in plain words, own scores, and whom to call."""

from __future__ import annotations

from typing import Any

from plumbline.progress.facts import Facts
from plumbline.progress.model import Help, Phone, Summary
from plumbline.progress.words import Speaker

BANDS = ("no pain", *["mild"] * 3, *["medium"] * 3, *["strong"] * 4)
"""Words for 0 to 10: a convention, such as the sheets of pain clinics have it."""
RANGE = {
    "within": ("That is where we expect you to be by now.", "That is where we expected you to be then."),
    "below": ("That is better than we expect by now.", "That was better than we expected then."),
}
NEXT_STEP = "Your care team will tell you the next step."
CLINIC, EMERGENCY = "clinic", "emergency"


def whole(value: float) -> int:
    """The nearest whole number, halves up: what is said of a score."""
    return int(value + 0.5)


def band(value: float, _: Speaker) -> str:
    """A score in one word."""
    return _(BANDS[min(whole(value), len(BANDS) - 1)])


def help_of(facts: Facts, _: Speaker) -> Help:
    """When to call, and whom; always on the page."""
    person = facts.person
    emergency, clinic, closed = person["emergency_number"], person["phone_in_hours"], person["phone_out_of_hours"]
    told = {
        urgency: tuple(_(sign["title"]) for sign in facts.signs if sign["urgency"] == urgency)
        for urgency in ("now", "today")
    }
    return Help(
        heading=_("When to call for help"),
        now_heading=_("Call {emergency} now if:", emergency=emergency or _("the emergency number")),
        now=told["now"],
        emergency=Phone(_("Call {number}", number=emergency or _("the emergency number")), emergency or ""),
        today_heading=_("Call your clinic today if:"),
        today=told["today"],
        clinic=Phone(_("Call the clinic {number}", number=clinic), clinic) if clinic else None,
        closed=_("Clinic closed?") if closed else "",
        out_of_hours=Phone(_("Call {number}", number=closed), closed) if closed else None,
        watched=_("No one watches this page all day.") + " " + _("Do not wait for a reply here."),
    )


def summary_of(facts: Facts, _: Speaker, *, compared: bool, helping: Help) -> Summary:
    """The sentences of the situation, filled."""
    row = facts.situation
    fill = _fill(facts, _)
    wanted = ("both", "with" if compared else "alone")
    said = [
        (line["part"], _filled(line["title"], fill, _)) for line in facts.lines if line["compared"] in wanted
    ]
    in_need = helping.out_of_hours if row["is_urgent"] or row["is_waiting"] else None
    phones = {CLINIC: helping.clinic or in_need, EMERGENCY: helping.emergency if helping.emergency.number else None}
    at_once = {sign["kind"] for sign in facts.signs if sign["urgency"] == "now"}  # also where it comes back
    before, latest = row["baseline"], row["latest"]
    now = _("now") if row["is_recent"] else _("last time")
    return Summary(
        situation=row["situation"],
        headline=next(text for part, text in said if part == "headline"),
        lines=tuple(text for part, text in said if part == "line" and text),
        before=None if before is None else (whole(before), f"{band(before, _)}, {_('before')}"),
        latest=None if latest is None else (whole(latest), f"{band(latest, _)}, {now}"),
        call=phones.get(EMERGENCY if row["sign"] in at_once else row["call"]),
        is_urgent=row["is_urgent"],
        next_visit=_next_visit(row, facts, _),
    )


def _filled(text: str, fill: dict[str, str], _: Speaker) -> str:
    alone = text.strip("{}")
    return fill[alone] if alone in fill else _(text, **fill)


def _fill(facts: Facts, _: Speaker) -> dict[str, str]:
    row, today = facts.situation, facts.as_of
    signs = {sign["kind"]: sign["said"] for sign in facts.signs if sign["said"]}
    was = _was(row, facts, _)
    is_now = row["latest"] is not None and row["is_recent"]
    has_both = row["latest"] is not None and row["baseline"] is not None
    before = _("It was {pain} before.", pain=whole(row["baseline"])) if has_both else ""
    answer = facts.answers.get(row["answer"] or "", NEXT_STEP)
    return {
        "now": _("Your pain is {pain} out of 10 now.", pain=whole(row["latest"])) if is_now else was,
        "was_on": was,
        "before": before,
        "earlier": _earlier(row, facts, _) or before,
        "range": _range(row, _),
        "sign": _(signs.get(row["sign"], "")),
        "emergency": facts.person["emergency_number"] or _("the emergency number"),
        "seen": _.day(row["seen_on"], today) if row["seen_on"] else "",
        "action": _(answer),
        "performed": _.day(row["performed_on"], today) if row["performed_on"] else "",
    }


def _was(row: dict[str, Any], facts: Facts, _: Speaker) -> str:
    is_to_come = row["day"] is not None and row["day"] < 0
    value, on = (row["baseline"], row["baseline_on"]) if is_to_come else (row["latest"], row["latest_on"])
    if value is not None:
        said = {"pain": whole(value), "date": _.day(on, facts.as_of)}
        return _("Your pain was {pain} out of 10 on {date}.", **said)
    if row["baseline"] is not None:
        return _("Your pain was {pain} out of 10 before.", pain=whole(row["baseline"]))
    return ""


def _earlier(row: dict[str, Any], facts: Facts, _: Speaker) -> str:
    """The last own score before what staff look at, or before the newest: what has changed is told beside it."""
    since = row["since_on"] or row["latest_on"]
    scored = [score for score in facts.scores if score["value"] is not None and score["day"] is not None]
    known = [score for score in scored if since and score["on_date"] < min(since, row["latest_on"])]
    if not known:
        return ""
    return _("It was {pain} on {date}.", pain=whole(known[-1]["value"]), date=_.day(known[-1]["on_date"], facts.as_of))


def _range(row: dict[str, Any], _: Speaker) -> str:
    now, then = RANGE.get(row["stand"], ("", ""))
    return _(now if row["is_recent"] else then)


def _next_visit(row: dict[str, Any], facts: Facts, _: Speaker) -> str:
    if row["is_urgent"] or row["next_visit_on"] is None or row["day"] < 0:
        return ""
    if row["is_visit_due"]:
        return _("Your check-up is due. Call us to set a day.")
    told = {"date": _.day(row["next_visit_on"], facts.as_of), "span": _.span(row["next_visit_day"])}
    return _("Your next check-up: about {date}, {span} after your procedure.", **told)
