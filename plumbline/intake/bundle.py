"""How the resources of one FHIR document refer to each other, and the row that each becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from plumbline.export.fhir import BASE
from plumbline.intake.document import Entry
from plumbline.intake.element import Malformed, group, groups, text, texts, verbatim

_RELATIVE = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+)/([A-Za-z0-9\-.]{1,64})(?:/_history/[^/]+)?")
_URN = re.compile(r"urn:(?:uuid|oid):(.+)")


@dataclass(frozen=True)
class Row:
    """A staging row: its kind and its cells."""

    kind: str
    cells: dict[str, str | None]


class Bundle:
    """The resources of one document by their addresses, ids and identifiers.

    `added`: the body sites of add-on procedures, by patient, day and pathway.
    """

    def __init__(self, entries: list[Entry]) -> None:
        self._by_url: dict[str, tuple[str, str]] = {}
        self._by_identifier: dict[str, str | None] = {}
        self.names: dict[str, str] = {}
        self.drugs: dict[str, dict[str, Any]] = {}
        self.added: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for entry in entries:
            self._learn(entry)

    def _learn(self, entry: Entry) -> None:
        body = entry.body or {}
        kind, own = body.get("resourceType"), resource_id(entry)
        if not isinstance(kind, str) or own is None:
            return
        if entry.full_url:
            self._by_url[entry.full_url] = (kind, own)
        if kind == "Patient" and isinstance(body.get("identifier"), list):
            for one in body["identifier"]:
                if isinstance(one, dict):
                    key = _identifier(one)
                    # what two patients share tells neither
                    self._by_identifier[key] = own if self._by_identifier.get(key, own) == own else None
        if kind == "Medication":
            self.drugs[own] = body
        if kind == "Organization" and isinstance(body.get("name"), str):
            self.names[own] = body["name"]

    def resolve(self, reference: str) -> tuple[str | None, str] | None:
        """The type and id that a reference points to; the type is None where only an id can be told."""
        if reference in self._by_url:
            return self._by_url[reference]
        if urn := _URN.fullmatch(reference):
            return None, urn.group(1)
        if reference.startswith("Patient?identifier="):
            own = self._by_identifier.get(reference.partition("=")[2])
            return ("Patient", own) if own else None
        found = _RELATIVE.fullmatch(reference)
        return (found.group(1), found.group(2)) if found else None

    def patient_of(self, body: dict[str, Any]) -> str:
        """The id of the patient whom a resource is about. Raises Malformed where that can't be told."""
        subject = group(body, "subject")
        reference = text(subject, "reference")
        identifier = group(subject, "identifier")
        if identifier.get("system") == f"{BASE}patient" and (own := verbatim(identifier, "value")):
            return own
        if reference is None and identifier.get("value") and (own := self._by_identifier.get(_identifier(identifier))):
            return own
        if reference is None:
            raise Malformed("subject", None, "has no reference: name the patient, as in Patient/123")
        if reference.startswith("#"):
            return self._contained_patient(body, reference)
        found = self.resolve(reference)
        if found is None:
            raise Malformed(
                "subject.reference", reference, "can't be resolved: send the Patient along, or name it as Patient/123"
            )
        if found[0] not in {None, "Patient"}:
            raise Malformed("subject.reference", reference, "is no patient: scores and procedures are read of patients")
        return found[1]


    def _contained_patient(self, body: dict[str, Any], reference: str) -> str:
        """The patient whom a contained Patient stands for, by an identifier: its own id means nothing outside."""
        inside = contained(body, reference)
        if inside is None or inside.get("resourceType") != "Patient":
            raise Malformed("subject.reference", reference, "can't be resolved inside: send the Patient along")
        for one in groups(inside, "identifier"):
            if own := self._by_identifier.get(_identifier(one)):
                return own
        raise Malformed(
            "subject.reference", reference, "is a contained Patient without a known identifier: send the Patient along"
        )


def contained(body: dict[str, Any], reference: str) -> dict[str, Any] | None:
    """What a resource holds inside itself under a reference such as `#med1`."""
    return next((one for one in groups(body, "contained") if f"#{one.get('id')}" == reference), None)


def _identifier(given: dict[str, Any]) -> str:
    return f"{given.get('system')}|{given.get('value')}"


def resource_id(entry: Entry) -> str | None:
    """A resource's own id, else the id in its address in the bundle."""
    own = (entry.body or {}).get("id")
    if isinstance(own, str) and own:
        return own
    url = entry.full_url or ""
    found = _URN.fullmatch(url) or _RELATIVE.fullmatch(url)
    return found.group(found.lastindex or 0) if found else None


def moment(body: dict[str, Any], name: str, *kinds: str) -> str | None:
    """A date or time that FHIR lets be of several types: effectiveDateTime, the start of effectivePeriod, the one event
    of effectiveTiming."""
    for kind in kinds:
        if kind == "Period":
            found = text(group(body, name + kind), "start")
        elif kind == "Timing":
            events = texts(group(body, name + kind), "event")
            found = events[0] if len(events) == 1 else None
        else:
            found = text(body, name + kind)
        if found:
            return found
    return None
