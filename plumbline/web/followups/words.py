"""The Follow-ups page's sentences, from its numbers; never a share without its denominator."""

from __future__ import annotations

from typing import Any

from plumbline.web.worklist.words import in_words

HELP = (
    "Points for what an answer would do for this patient (an open red flag most, then a new problem, slower, never "
    "heard from …) and for how much it would firm up the mean of its clinic and visit: thin groups first. A visit past "
    "its day gains, a call already made costs a little. Every weight is a row of data/reference/call_value.csv."
)
STATES = (
    "Received: a score in the visit's window. Late: past the planned day, still open. Missed: closed with nothing; it "
    "says nothing on how the patient is. Not due: up to the planned day. Withdrew, died: before the window closed. "
    "Death is a state, never a missed answer. Visits planned after another procedure count in the later course."
)


def title(total: dict[str, Any]) -> str:
    """How many answers can still be had, and how many only this week."""
    number, closing = total["open_visits"], total["closing"]
    if number == 0:
        return "No answer is outstanding"
    said = f"{in_words(number).capitalize()} {'answer' if number == 1 else 'answers'} can still be had"
    return f"{said}, {in_words(closing)} only this week" if closing else said


def share(received: int, due: int) -> str:
    """A share in whole per cent with both its numbers."""
    return f"{received:,} of {due:,} due ({100 * received / due:.0f}%)"


def aim(total: dict[str, Any]) -> str:
    """The visit with an aim, against it."""
    if not total["aim_label"] or not total["aim_due"]:
        return "No visit with an aim is due yet."
    known = share(total["aim_received"], total["aim_due"])
    return f"At {total['aim_label'].lower()} **{known}** have answered; the aim is {100 * total['aim_share']:.0f}%."


def most(total: dict[str, Any]) -> tuple[str, str] | None:
    """Where one more answer counts most: the clinic as given, and the rest of the sentence."""
    if not total["most_clinic"]:
        return None
    if not total["most_due"]:
        return total["most_clinic"], f"({total['most_label'].lower()}): nobody has answered yet."
    thin = ", too few to compare" if total["is_thin"] else ""
    known = share(total["most_received"], total["most_due"])
    return total["most_clinic"], f"({total['most_label'].lower()}): {known} have answered{thin}."


def list_title(lines: int, shown: int) -> str:
    """What the call list holds, and whether it is cut."""
    said = "1 visit, 1 patient" if lines == 1 else f"{lines:,} visits, {lines:,} patients"
    return f"To call: {said}" + (f" (the first {shown:,} are shown)" if shown < lines else "")


def block_title(label: str, state: str, number: int) -> str:
    """What is behind one block of the bar."""
    return f"{label}, {state}: {number:,} {'visit' if number == 1 else 'visits'}"


def asked_for(question: dict[str, Any]) -> str:
    """An instrument, and the words at both ends of its range."""
    low, high = f"{question['minimum']:g}", f"{question['maximum']:g}"
    ends = (question["best_words"], question["worst_words"])
    first, last = ends if question["direction"] == "lower_better" else ends[::-1]
    return f"{question['label']} ({low} {first}, {high} {last})"
