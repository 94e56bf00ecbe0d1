"""What the Settings page says: the settings by name, what a change would do, and how a patient reads the numbers."""

from __future__ import annotations

from typing import Any

from plumbline import settings

LABELS = {**settings.LABELS, "time_zone": "Time zone"}
NONE = "none"


def value(field: str, said: Any) -> str:
    """A setting as it is said, from its value or from its text in the history."""
    if said is None or said == "":
        return NONE
    if field == "pain_is_back_pain":
        return "yes" if said in (True, "true") else "no"
    if field == "amber_budget":
        return f"{float(said):g} per 100 patient-weeks"
    return str(said)


def budget(row: dict[str, Any] | None, asked: float, held: float) -> str:
    """What another amber budget would mean today, from settings/urgent_by_clinic."""
    if row is None:
        return "Nobody is followed at this clinic yet, so the budget changes nothing today."
    amber, now, then, red = (int(row[name]) for name in ("amber_flags", "urgent_now", "urgent_then", "red_flags"))
    if not amber:
        words = f"No amber flag is open at this clinic today, so a budget of {asked:g} changes nothing today."
    elif asked == held:
        words = f"Today {now} of {amber} amber flags {_are(now)} urgent with a budget of {held:g}."
    else:
        words = (
            f"With a budget of {asked:g}, {then} of {amber} amber flags would be urgent today; "
            f"with {held:g} it is {now} of {amber}."
        )
    if amber > then:
        words += f" The other {amber - then} {'would ' if asked != held else ''}wait below, one click away."
    if not asked:
        words += " At 0 no amber flag is ever shown as urgent."
    return f"{words} {_red(red)}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _red(number: int) -> str:
    always = "red flags are always urgent, whatever the budget"
    return f"{always[0].upper()}{always[1:]}: {number if number else 'none'} open today."


def pain(row: dict[str, Any] | None, *, asked: bool, held: bool) -> str:
    """Whom it concerns that pain without a site is back pain, from settings/pain_by_clinic."""
    people = int(row["patients_in_all"]) if row else 0
    if row is None or not row["scores"]:
        return f"Pain without a site: none of {people:,} patients has such a score, so it makes no difference today."
    scores = f"Pain without a site: {int(row['scores']):,} scores of {int(row['patients']):,} of {people:,} patients"
    if asked == held:
        return f"{scores} {'count' if held else 'do not count'} as back pain."
    verb = "would count as back pain" if asked else "would no longer count as back pain"
    return f"{scores} {verb}. Their readings, verdicts and flags are worked out anew, those of the past, too."


def phones(values: dict[str, Any]) -> str:
    """The numbers as a patient would read them, a line each."""
    name = values["name"] or "the clinic"
    day, night, emergency = (values[field] or None for field in list(LABELS)[1:4])
    told = {f"In the daytime, call {name}": day, "At night and on weekends": night, "In an emergency": emergency}
    return "\n".join(f"{when}: {number or '(no number is given)'}" for when, number in told.items())
