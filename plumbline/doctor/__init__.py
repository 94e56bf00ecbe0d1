"""What is wrong with a set-up, a line each: what was found, and what to do about it.

`machine` looks at this machine, `setup` at the settings, `stored` into the store. Nothing is changed by looking.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

GOOD, LOOK, WRONG = "good", "look", "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, without patient data and secrets.

    `state`: good, look (it works, and may not be meant) or wrong; `todo` says what to do.
    """

    check: str
    state: str
    says: str
    todo: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def good(check: str, says: str) -> Finding:
    """It is as it should be."""
    return Finding(check, GOOD, says)


def look(check: str, says: str, todo: str) -> Finding:
    """It works, and may not be what was meant."""
    return Finding(check, LOOK, says, todo)


def wrong(check: str, says: str, todo: str) -> Finding:
    """It doesn't work, or isn't safe."""
    return Finding(check, WRONG, says, todo)
