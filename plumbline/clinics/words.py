"""The words of the Clinics page for measures, visits and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbline.clinics.model import Measure

VISITS = ("week_6", "month_3", "month_6", "month_12")
"""The visits that clinics are compared at."""
HIDDEN = "under {:.0f} (hidden)"
_SHORT = {"day": "d", "week": "wk", "month": "mo", "year": "yr"}


def measures(instrument: dict[str, Any]) -> dict[str, Measure]:
    """By name, in the words of the instrument's row (label, unit, mic_points, mic_share, acceptable)."""
    of, unit = lowered(instrument["short_label"]), instrument["unit"]
    least = f"{instrument['mic_points']:g} {unit} and {100 * instrument['mic_share']:.0f}%"
    return {
        "improved": Measure("improved", "Improved", f"had {of} better by {least}", "able", "more improved",
                            "fewer improved", True, True),
        "comfortable": Measure("comfortable", "Comfortable", f"had {of} of {instrument['acceptable']:g} or less",
                               "received", "more comfortable", "fewer comfortable", True, True),
        "worse": Measure("worse", "Worse", f"had {of} worse by {instrument['mic_points']:g} {unit}", "paired",
                         "more worse", "fewer worse", True, False),
        "mean": Measure("mean", "Mean score", f"mean {of}", "received", f"more {of}", f"less {of}", False, False),
    }  # fmt: skip


def short(name: str) -> str:
    """ "month_3" in the narrowest words: "3 mo"."""
    unit, _, count = name.partition("_")
    return "Before" if name == "baseline" else f"{count} {_SHORT.get(unit, unit)}"


def lowered(label: str) -> str:
    """A label within a sentence: "Back pain" as "back pain", and "OF grade" as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def percent(share: float) -> str:
    """A share in whole per cent; never rounded onto nought or all where it is neither."""
    if 0 < share < 0.005 or 0.995 < share < 1:
        return f"{100 * share:.1f}%"
    return f"{100 * share:.0f}%"


def listed(names: Sequence[str]) -> str:
    """ "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def counted(number: int, one: str, several: str = "") -> str:
    """ "1 clinic", "2 clinics"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def shortest(names: Sequence[str]) -> dict[str, str]:
    """Names without the words that all of them begin with ("Demo Clinic Harbor" as "Harbor"), where two or more are."""
    parts = [name.split() for name in names]
    same = 0
    if len(parts) > 1:
        while all(len(part) > same + 1 for part in parts) and len({part[same] for part in parts}) == 1:
            same += 1
    return {name: " ".join(part[same:]) for name, part in zip(names, parts, strict=True)}
