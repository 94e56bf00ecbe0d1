"""The four checks beside a verdict: enough patients, enough answers, alike at the start, sturdy without the missing."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.compare import enough, words
from plumbline.compare.gathering import Gathered
from plumbline.compare.model import Difference
from plumbline.compare.trust import Balance, Check, Missing
from plumbline.compare.verdicts import counts


def checks(known: Gathered, main: Difference, balance: Sequence[Balance], missing: Missing) -> tuple[Check, ...]:
    """All four, in the order in which they are read."""
    return _patients(known, main), _answers(known), _alike(balance), _missing(known, main, missing)


def _patients(known: Gathered, main: Difference) -> Check:
    """Enough to find a difference that is worth acting on, or so many that the interval is no wider to either side."""
    received, wanted = [answered for answered, _ in counts(known)], enough.needed(known)
    margin, lower, upper = known.question.margin, main.lower, main.upper
    is_sharp = margin is not None and lower is not None and upper is not None and upper - lower <= 2 * margin
    is_enough = is_sharp or wanted is None or enough.are_there(known, wanted)
    is_met = min(received) >= known.settings["least_answers"] and is_enough
    said = f"{received[0]:,} and {received[1]:,} answers"
    return Check("patients", is_met, "Yes" if is_met else "Few", "Enough patients?", said)


def _answers(known: Gathered) -> Check:
    good, thin, received = known.settings["good_share"], known.settings["thin_share"], counts(known)
    if not all(due for _, due in received):
        return Check("answers", False, "None due", "Enough answers?", "nobody of a group was due yet")
    is_met = all(answered >= good * due for answered, due in received)
    is_thin = any(answered < thin * due for answered, due in received)
    mark = "Yes" if is_met else f"Under {words.percent(thin)}" if is_thin else f"Short of {words.percent(good)}"
    told = words.joined([words.percent(answered / due) for answered, due in received])
    return Check("answers", is_met, mark, "Enough answers?", f"{told} of those due")


def _alike(balance: Sequence[Balance]) -> Check:
    known = [one for one in balance if one.other == "b" and (one.difference is not None or one.is_apart)]
    apart = sum(one.is_apart for one in known)
    if not known:
        return Check("alike", False, "Not known", "Alike at the start?", "nothing is known of both groups before")
    said = f"{apart} of {len(known)} differ" if apart else f"none of {len(known)} differs"
    return Check("alike", apart == 0, "Not quite" if apart else "Yes", "Alike at the start?", said)


def _missing(known: Gathered, main: Difference, missing: Missing) -> Check:
    silent, due = missing.missing or 0, missing.due or 0
    if not due:
        return Check("missing", False, "None due", "Could the missing decide it?", "nobody was due yet")
    told = f"{silent:,} of {due:,} of {known.groups[0].name} have not answered"
    if main.p is None or main.better == 0:
        return Check("missing", silent == 0, "No" if silent == 0 else "Yes", "Could the missing decide it?", told)
    sturdy = "Sturdy if the missing did worse?"
    if missing.tips_at is None:
        return Check("missing", True, "Yes", sturdy, "none is missing" if silent == 0 else "whatever they answered")
    way = "worse" if missing.tips_at >= 0 else "better"
    said = f"holds until {words.size(abs(missing.tips_at), known.question)} {way}"
    return Check("missing", not missing.is_near, "No" if missing.is_near else "Yes", sturdy, said)
