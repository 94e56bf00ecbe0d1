"""What is expected on one day, with where it comes from: the answer of `python -m plumbline expected`."""

from __future__ import annotations

from typing import Any

from plumbline import expected, sql
from plumbline.errors import NotFound
from plumbline.store import references


def expectation_of(cursor: Any, instrument: str, day: int, baseline: float | None) -> dict[str, Any]:
    """The band and the mean on a day, in the instrument's unit; `reason` says why where there is none.

    No baseline means the reference patient's. Raises NotFound for an unknown instrument or an impossible baseline.
    """
    found = sql.rows(cursor, "expected/curve_of_instrument", instrument=instrument)
    if not found:
        known = ", ".join(row["instrument"] for row in sql.rows(cursor, "expected/instrument_by_order"))
        raise NotFound(f"There is no instrument {instrument}. There are: {known}.")
    curve = found[0]
    _check_baseline(curve, baseline)
    answer: dict[str, Any] = {
        "instrument": instrument,
        "day": day,
        "baseline": curve["reference_baseline"] if baseline is None else baseline,
        "is_reference_patient": baseline is None,
        "quantiles": None,
        "mean": None,
        "version": curve["timeline_version"],
        "sources": [],
    }
    if curve["timeline_version"] is None:
        return answer | {"reason": f"No expected course is published for {curve['label']}."}
    reference = references(cursor)[(curve["timeline_version"], instrument)]
    if not reference.first_day <= day <= reference.last_day:
        days = f"{reference.first_day} to {reference.last_day}"
        return answer | {"reason": f"The expected course covers days {days} after the procedure, not day {day}."}
    answer["mean"] = float(expected.mean_for(reference, day, answer["baseline"]))
    answer["quantiles"] = expected.band(reference, day, answer["baseline"])
    answer["sources"] = _sources(cursor, curve["timeline_version"], instrument, day)
    if answer["quantiles"] is None:
        answer["reason"] = "Only a mean is known: the published spread is assumed, so there is no band."
    return answer


def _check_baseline(curve: dict[str, Any], baseline: float | None) -> None:
    if baseline is None:
        return
    in_range = curve["minimum"] <= baseline <= curve["maximum"]
    if not in_range or (curve["is_integer"] and baseline != int(baseline)):
        kind = "a whole number " if curve["is_integer"] else ""
        raise NotFound(
            f"A baseline of {baseline:g} is impossible on {curve['instrument']}: "
            f"it must be {kind}from {curve['minimum']:g} to {curve['maximum']:g}."
        )


def _sources(cursor: Any, version: str, instrument: str, day: int) -> list[str]:
    rows = sql.rows(cursor, "expected/source_by_knot", timeline_version=version, instrument=instrument, day=day)
    return [f"day {row['day']}: {row['source']} ({row['confidence'].replace('_', ' ')})" for row in rows]
