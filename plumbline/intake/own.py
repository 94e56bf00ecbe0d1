"""FHIR that Plumbline itself wrote (plumbline/export/fhir.py): its own systems and extensions, read back unchanged."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any

from plumbline.export.fhir import BASE
from plumbline.intake.bundle import Bundle, Row, moment
from plumbline.intake.codes import Codes
from plumbline.intake.decoder import Number
from plumbline.intake.element import Ignored, Malformed, group, groups, texts, verbatim

_CARE = "http://hl7.org/fhir/StructureDefinition/workflow-episodeOfCare"
_ZONE = "http://hl7.org/fhir/StructureDefinition/timezone"
_LEGAL = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_PHONES = {"in-hours": "phone_in_hours", "out-of-hours": "phone_out_of_hours", "emergency": "emergency_number"}


def told(element: dict[str, Any]) -> dict[str, str]:
    """What our own extensions of an element say, by their names."""
    found = {}
    for one in groups(element, "extension"):
        url = verbatim(one, "url") or ""
        for name in one:
            if url.startswith(BASE) and name.startswith("value"):
                found[url.removeprefix(BASE)] = _plain(one, name)
    return found


def _plain(parent: dict[str, Any], name: str) -> str:
    value = parent[name]
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, Number) else verbatim(parent, name) or ""


def identifier(element: dict[str, Any], name: str) -> str | None:
    """The id that a resource has in a system of ours."""
    return next((_of(one, name) for one in groups(element, "identifier") if _of(one, name)), None)


def _of(given: dict[str, Any], name: str) -> str | None:
    return verbatim(given, "value") if given.get("system") == BASE + name else None


def stand_for(element: dict[str, Any], name: str) -> str | None:
    """The id that a resource stands for where FHIR allows no such id for the resource itself."""
    own = identifier(element, name)
    return own if own and not _LEGAL.fullmatch(own) else None


def code(concept: dict[str, Any], name: str) -> str | None:
    """The word of ours that a concept has in a system of ours."""
    codings = groups(concept, "coding")
    return next((verbatim(one, "code") for one in codings if one.get("system") == BASE + name), None)


def course(reference: dict[str, Any]) -> str | None:
    """The course that a reference means."""
    return _of(group(reference, "identifier"), "episode")


def _course_of(body: dict[str, Any]) -> str:
    """The course that a resource belongs to, by the standard extension. Raises Malformed."""
    for one in groups(body, "extension"):
        if one.get("url") == _CARE and (found := course(group(one, "valueReference"))):
            return found
    raise Malformed("extension", None, f"names no course: give {_CARE} with the identifier of the procedure")


def clinic_of(reference: dict[str, Any]) -> str | None:
    """The clinic that a reference to an Organization means."""
    return _of(group(reference, "identifier"), "clinic")


def site(concept: dict[str, Any]) -> str | None:
    """The vertebra that a body site of ours is."""
    return code(concept, "level")


def fact(body: dict[str, Any]) -> Row | None:
    """A milestone or an event, which are Observations with codes of ours."""
    concept = group(body, "code")
    milestone, event = code(concept, "milestone"), code(concept, "event-kind")
    if not milestone and not event:
        return None
    shared = {"episode_id": _course_of(body), "on": moment(body, "effective", "DateTime")}
    if event:
        cells = {"kind": event, "level": site(group(body, "bodySite")), "detail": verbatim(body, "valueString")}
        return Row("events", shared | cells)
    reporters = groups(body, "performer")
    status = code(group(body, "valueCodeableConcept"), "milestone-status")
    by = verbatim(reporters[0], "display") if reporters else None
    return Row("milestones", shared | {"milestone": milestone, "status": status, "reported_by": by})


def person(body: dict[str, Any]) -> dict[str, str | None]:
    """Names and telephone of a Patient of ours, letter for letter; empty where it is somebody else's."""
    if identifier(body, "patient") is None:
        return {}
    name = next(iter(groups(body, "name")), {})
    phone = next(iter(groups(body, "telecom")), {})
    given = texts(name, "given")
    return {
        "given_name": given[0] if given else None,
        "family_name": verbatim(name, "family"),
        "phone": verbatim(phone, "value"),
    }


def episode(body: dict[str, Any]) -> dict[str, str | None]:
    """What a Procedure of ours says beside what every Procedure does; empty where it is somebody else's."""
    own = identifier(body, "episode")
    if own is None:
        return {}
    said, sites = told(body), groups(body, "bodySite")
    performers = groups(body, "performer")
    amounts = [told(one).get("cement-ml", "") for one in sites]
    tags = [one for one in groups(group(body, "meta"), "tag") if one.get("system") == BASE + "tags"]
    names = ("fracture-on", "cause", "approach", "of-grade", "genant", "timeline-version")
    return {
        "episode_id": own,
        "levels": ";".join(site(one) or "" for one in sites) or None,
        "surgeon": verbatim(group(performers[0], "actor"), "display") if performers else None,
        "cement_ml": ";".join(amounts) if any(amounts) else None,
        "discharged_at": said.get("discharged"),
        "tags": verbatim(tags[0], "display") if tags else None,
        **{name.replace("-", "_"): said.get(name) for name in names},
    }


def medicine(body: dict[str, Any]) -> dict[str, str | None]:
    """What a MedicationStatement of ours says; empty where it is somebody else's."""
    own = course(group(body, "context"))
    if own is None:
        return {}
    period = group(body, "effectivePeriod")
    rates = [rate for dosage in groups(body, "dosage") for rate in groups(dosage, "doseAndRate")]
    quantity = group(rates[0], "doseQuantity") if rates else {}
    return {
        "episode_id": own,
        "drug": verbatim(group(body, "medicationCodeableConcept"), "text"),
        "started_on": verbatim(period, "start"),
        "stopped_on": verbatim(period, "end"),
        "dose": _plain(quantity, "value") if "value" in quantity else None,
        "unit": verbatim(quantity, "unit"),
        "opioid": told(body).get("opioid"),
    }


def clinic(body: dict[str, Any], _own: str | None, _bundle: Bundle, _codes: Codes) -> Row:
    """A clinic, where an Organization is one of ours."""
    own = identifier(body, "clinic")
    if own is None:
        raise Ignored("Organization")
    phones = {}
    for contact in groups(body, "contact"):
        word = code(group(contact, "purpose"), "phone")
        if word in _PHONES:
            phones[_PHONES[word]] = next((verbatim(one, "value") for one in groups(contact, "telecom")), None)
    said = told(body)
    zones = [verbatim(one, "valueCode") for one in groups(body, "extension") if one.get("url") == _ZONE]
    cells = {
        "clinic": own,
        "name": verbatim(body, "name"),
        "time_zone": zones[0] if zones else None,
        "amber_budget": said.get("amber-budget"),
        "pain_is_back_pain": said.get("pain-is-back-pain"),
    }
    return Row("clinics", cells | phones)


def note(body: dict[str, Any], _own: str | None, _bundle: Bundle, _codes: Codes) -> Row:
    """A note, where a DocumentReference is one of ours: its text letter for letter, its fields by themselves."""
    kind = code(group(body, "type"), "note-kind")
    if kind is None:
        raise Ignored("DocumentReference")
    context = group(body, "context")
    courses = [found for one in groups(context, "encounter") if (found := course(one))]
    if not courses:
        raise Malformed("context.encounter", None, "names no course: give the identifier of the procedure")
    authors, filled = groups(body, "author"), _fields(body)
    return Row(
        "notes",
        {
            "episode_id": courses[0],
            "written_at": verbatim(group(context, "period"), "start"),
            "kind": kind,
            "text": _text(body, filled),
            "author": verbatim(authors[0], "display") if authors else None,
            "title": verbatim(body, "description"),
            "filled": json.dumps(filled, ensure_ascii=False) if filled else None,
        },
    )


def _fields(body: dict[str, Any]) -> dict[str, str]:
    found = {}
    for one in groups(body, "extension"):
        if one.get("url") == BASE + "note-field":
            said = {verbatim(part, "url"): verbatim(part, "valueString") for part in groups(one, "extension")}
            found[said.get("field") or ""] = said.get("value") or ""
    return found


def _text(body: dict[str, Any], filled: dict[str, str]) -> str:
    """The words of a note, without the lines that its fields are there, too."""
    contents = groups(body, "content")
    data = verbatim(group(contents[0], "attachment"), "data") if contents else None
    try:
        whole = base64.b64decode(data or "", validate=True).decode("utf-8")
    except (binascii.Error, ValueError) as error:
        raise Malformed("content.attachment.data", None, "is not text in base64 and UTF-8: export it again") from error
    lines = "\n".join(f"{name}: {value}" for name, value in filled.items())
    return "" if filled and whole == lines else whole.removesuffix(f"\n{lines}") if filled else whole
