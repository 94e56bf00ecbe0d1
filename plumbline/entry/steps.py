"""What one entry consists of, and what may be said against it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from plumbline.errors import PlumblineError

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Add:
    """A new fact. `values`: the fields of its kind, and `moment_on` (a date), `moment_time` (the clinic's clock)."""

    kind: str
    values: Values


@dataclass(frozen=True)
class Correct:
    """A fact that says something else from now on. `values`: the fields that differ."""

    kind: str
    fact_id: str
    values: Values


@dataclass(frozen=True)
class Retract:
    """A fact that never was so."""

    kind: str
    fact_id: str


Step = Add | Correct | Retract


@dataclass(frozen=True)
class Finding:
    """Something about one step: `impossible` refuses it, `unusual` asks whether it is meant."""

    step: int
    rule: str
    severity: str
    field: str
    text: str

    @property
    def key(self) -> str:
        """What is confirmed: this finding in these words; other words ask again."""
        return f"{self.step}:{self.rule}:{self.text}"


class Refused(PlumblineError):
    """Nothing was stored: something is impossible, or unusual and not confirmed. `findings` has the sentences."""

    def __init__(self, findings: Collection[Finding]) -> None:
        self.findings = tuple(findings)
        impossible = any(finding.severity == "impossible" for finding in self.findings)
        super().__init__(
            "Nothing was saved: something can't be so. Correct what is marked, and save again."
            if impossible
            else "Nothing was saved yet: something is unusual. Confirm that it is meant, or correct it."
        )


class Changed(PlumblineError):
    """Somebody was quicker: what this entry builds on is no longer so. Nothing was stored."""


def moment(values: Values, zone: str) -> dict[str, Any]:
    """`moment_on` and `moment_at` (UTC, or None without a time) from the form's day and the clinic's clock.

    Raises Refused where the clocks went forward over that time.
    """
    on: date | None = values.get("moment_on")
    clock: time | None = values.get("moment_time")
    if on is None or clock is None:
        return {"moment_on": on, "moment_at": values.get("moment_at")}
    local = datetime.combine(on, clock, tzinfo=ZoneInfo(zone))
    if local.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(fold=0) != local.replace(fold=0):
        text = "The clocks went forward over this time, so it never was: check it."
        raise Refused([Finding(0, "no_such_time", "impossible", "moment_time", text)])
    return {"moment_on": on, "moment_at": local.astimezone(UTC).replace(tzinfo=None)}
