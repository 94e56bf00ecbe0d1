"""The Data quality page's sentences, from its numbers; never a count without what was checked."""

from __future__ import annotations

from typing import Any

from plumbline.web.worklist.words import in_words


def title(total: dict[str, Any]) -> str:
    """What there is to look at, in one sentence."""
    things, patients, hurting = total["things"], total["patients"], total["hurting"]
    if not things:
        return f"Nothing found: {total['checks']} checks, {_patients(total['patients_checked'])}"
    said = f"{in_words(things).capitalize()} {'thing' if things == 1 else 'things'} to look at"
    said += f" in {in_words(patients)} {'patient' if patients == 1 else 'patients'}" if patients else ""
    return f"{said}; {in_words(hurting) if hurting else 'none'} can hurt"


def beneath(total: dict[str, Any]) -> str:
    """What was checked at all."""
    return (
        f"{total['checks']} checks over {_patients(total['patients_checked'])}. "
        "Nothing is changed by a check: look at the original, then correct or leave it."
    )


def _patients(number: int) -> str:
    return "1 patient" if number == 1 else f"{number:,} patients"
