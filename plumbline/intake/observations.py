"""What a FHIR Observation says, as the cells of a score's staging row."""

from __future__ import annotations

from typing import Any

from plumbline.intake import own
from plumbline.intake.bundle import Bundle, Row, moment
from plumbline.intake.codes import Codes
from plumbline.intake.element import Ignored, Malformed, codings, group, groups, number, text
from plumbline.intake.resources import updated, withdrawn

_WITHDRAWN = {"entered-in-error", "cancelled"}
_NOT_YET = {"registered", "preliminary", "unknown"}
_LATER = {"amended", "corrected"}


def observation(body: dict[str, Any], resource: str | None, bundle: Bundle, codes: Codes) -> list[Row]:
    """An Observation with a known code, or with components that have one: a score each."""
    status = text(body, "status")
    if status in _WITHDRAWN:
        return [withdrawn("Observation", resource)]
    if own_fact := own.fact(body):
        return [own_fact]
    parts = _coded(body, codes)
    if status in _NOT_YET:
        raise Ignored("Observation that is not final")
    if status not in {"final", *_LATER}:
        raise Malformed("status", status, "is not a known status: final, amended or corrected is read")
    patient_id = bundle.patient_of(body)
    taken = moment(body, "effective", "DateTime", "Instant", "Period", "Timing")
    if taken is None:
        raise Malformed("effective", None, "is missing: give effectiveDateTime, or the start of effectivePeriod")
    shared = {
        "updated": updated(body),
        "overrules": "true" if status in _LATER else None,
        "patient_id": patient_id,
        "taken_at": taken,
    }
    said = own.told(body)
    shared |= {"context": said.get("context"), "recorded_by": said.get("recorded-by"), "items": said.get("items")}
    return [_score(part, name, _origin(resource, name, part is body), shared, codes) for part, name in parts]


def _score(
    part: dict[str, Any], instrument: str, origin: str | None, shared: dict[str, str | None], codes: Codes
) -> Row:
    value, outcome = _value(part, codes)
    unit, system = _unit(part)
    told = {"value": value, "unit": unit, "unit_system": system, "status": outcome}
    return Row("scores", {"origin": origin, **shared, "instrument": instrument, **told})


def _origin(own: str | None, instrument: str, is_whole: bool) -> str | None:
    """By what a score is known again: the resource, and of a component the instrument, too."""
    if own is None:
        return None
    return f"fhir:Observation/{own}" + ("" if is_whole else f"#{instrument}")


def _coded(body: dict[str, Any], codes: Codes) -> list[tuple[dict[str, Any], str]]:
    """The parts of an observation that hold a score: itself, or its components with a known code."""
    own = codes.instruments(codings(group(body, "code")))
    found = [(body, own)] if own else []
    if not own:
        coded = [(part, codes.instruments(codings(group(part, "code")))) for part in groups(body, "component")]
        found = [(part, names) for part, names in coded if names]
    if not found:
        raise Ignored("Observation with a code that isn't used")
    named: dict[str, dict[str, Any]] = {}
    for part, names in found:
        if len(names) > 1:
            raise Malformed("code", " ".join(sorted(names)), "names several instruments: send one Observation for each")
        name = next(iter(names))
        if name in named:
            raise Malformed("component", name, "is scored twice in one Observation: send one component of each kind")
        named[name] = part
    return [(part, name) for name, part in named.items()]


def _value(part: dict[str, Any], codes: Codes) -> tuple[str | None, str | None]:
    """Value as written, and status; a value and a reason for its absence exclude each other."""
    given = [name for name in part if name.startswith("value")]
    absent = group(part, "dataAbsentReason")
    if given and absent:
        raise Malformed(given[0], None, "stands beside a dataAbsentReason: send one of them")
    if not given:
        return None, _absent(absent, codes)
    if given == ["valueInteger"]:
        return number(part, "valueInteger"), None
    if given != ["valueQuantity"]:
        raise Malformed(given[0], part[given[0]], "is no number: send the score as valueQuantity or valueInteger")
    quantity = group(part, "valueQuantity")
    value = number(quantity, "value")
    if value is None:
        raise Malformed("valueQuantity", None, "has no value: send the number, or a dataAbsentReason")
    if comparator := text(quantity, "comparator"):
        raise Malformed("valueQuantity", f"{comparator}{value}", "is not one number: send the score itself")
    return value, None


def _unit(part: dict[str, Any]) -> tuple[str | None, str | None]:
    """The unit's code with its system, else the unit in words, which are of no system."""
    quantity = group(part, "valueQuantity")
    if code := text(quantity, "code"):
        return code, text(quantity, "system")
    return text(quantity, "unit"), None


def _absent(reason: dict[str, Any], codes: Codes) -> str:
    if not reason:
        raise Malformed("value", None, "is missing, and no dataAbsentReason says why: send one of them")
    status = own.code(reason, "score-status") or codes.absent(codings(reason))
    if status is None:
        raise Ignored("Observation without a value")
    return status
