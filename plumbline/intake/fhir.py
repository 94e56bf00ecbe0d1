"""FHIR R4 into staging: one row is one resource, or one score or medicine of a resource that holds several.

References are resolved inside the bundle, and inside the resource that contains what it refers to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from plumbline.intake import own
from plumbline.intake.bundle import Bundle, Row, resource_id
from plumbline.intake.codes import Codes
from plumbline.intake.document import Entry, is_of_observations, read_document, read_lines, refuse_layout
from plumbline.intake.element import Ignored, Malformed, text
from plumbline.intake.medications import medication
from plumbline.intake.observations import observation
from plumbline.intake.resources import add_levels, condition, patient, procedure
from plumbline.intake.staging import Staging
from plumbline.intake.table import probe

_READERS: dict[str, Callable[[dict[str, Any], str | None, Bundle, Codes], Row | list[Row]]] = {
    "Patient": patient,
    "Procedure": procedure,
    "Condition": condition,
    "Observation": observation,
    "MedicationStatement": medication,
    "MedicationRequest": medication,
    "Organization": own.clinic,
    "DocumentReference": own.note,
    "QuestionnaireResponse": lambda body, own_id, bundle, codes: codes.responses.row(body, own_id, bundle),
}


def read_fhir(path: Path, staging: Staging, codes: Codes) -> None:
    """Put every resource of a FHIR document into staging. Raises FileRefused where the document can't be read."""
    refuse_layout(path)
    if path.suffix.lower() in {".ndjson", ".jsonl"}:
        # lines are read each by itself, so that nothing can be looked up in the others: references go by id
        rest = staging.observations(path, found.lines) if is_of_observations(path, found := probe(path)) else None
        _each(read_lines(path, rest), Bundle([]), staging, codes)
    else:
        entries = read_document(path)
        bundle = Bundle(entries)
        add_levels(entries, bundle, codes)
        _each(entries, bundle, staging, codes)


def _each(entries: Iterable[Entry], bundle: Bundle, staging: Staging, codes: Codes) -> None:
    for entry in entries:
        if entry.has_request:
            staging.ignore(entry.line, "an entry without a resource")
        elif entry.fault or entry.body is None:
            staging.reject(entry.line, None, None, entry.fault or "the entry holds no resource")
        else:
            _one(entry, entry.body, bundle, staging, codes)


def _one(entry: Entry, body: dict[str, Any], bundle: Bundle, staging: Staging, codes: Codes) -> None:
    try:
        kind = text(body, "resourceType")
        if kind is None:
            raise Malformed("resourceType", None, "is missing: this is no FHIR resource")
        if kind == "Bundle":
            raise Malformed("resourceType", kind, "stands inside another document: save it as a file of its own")
        if kind not in _READERS:
            raise Ignored(kind)
        text(body, "id")
        found = _READERS[kind](body, resource_id(entry), bundle, codes)
    except Ignored as reason:
        staging.ignore(entry.line, str(reason))
    except Malformed as fault:
        staging.reject(entry.line, fault.element, fault.value, fault.reason + _named(entry))
    else:
        for row in found if isinstance(found, list) else [found]:
            staging.row(row.kind, entry.line, **row.cells)


def _named(entry: Entry) -> str:
    """Which resource a reason speaks of: where a document is one long line, its line doesn't tell."""
    kind, own = (entry.body or {}).get("resourceType"), resource_id(entry)
    return f" ({kind}/{own[:64]})" if isinstance(kind, str) and own else ""
