"""Elements of a FHIR resource, read without trust: each has the type that it should have, or is named as malformed."""

from __future__ import annotations

from typing import Any

from plumbline.intake.decoder import Number
from plumbline.intake.table import UNSAFE


class Ignored(Exception):
    """A resource that isn't used; the message says which kind."""


class Malformed(Exception):
    """A resource that can't be used: the element at fault, what it says, and what to do."""

    def __init__(self, element: str, value: Any, reason: str) -> None:
        super().__init__(reason)
        self.element = element
        self.value = None if value is None else str(value)[:200]
        self.reason = reason


def text(parent: dict[str, Any], name: str) -> str | None:
    """A string, trimmed; None where it is absent or blank."""
    value = verbatim(parent, name)
    return value and (value.strip() or None)


def verbatim(parent: dict[str, Any], name: str) -> str | None:
    """A string as it stands; None where it is absent or empty."""
    value = parent.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or isinstance(value, Number):
        raise Malformed(name, value, "is not text, as FHIR has it: export the resource again")
    if UNSAFE.search(value):
        raise Malformed(name, value, "holds a NUL or half a character: export the resource again")
    return value or None


def number(parent: dict[str, Any], name: str) -> str | None:
    """A number as it was written; None where it is absent."""
    value = parent.get(name)
    if value is None:
        return None
    if not isinstance(value, Number):
        raise Malformed(name, value, "is not a number, as FHIR has it: export the resource again")
    return str(value)


def group(parent: dict[str, Any], name: str) -> dict[str, Any]:
    """An object; empty where it is absent."""
    value = parent.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Malformed(name, value, "is not an object, as FHIR has it: export the resource again")
    return value


def groups(parent: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects; empty where it is absent."""
    value = parent.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Malformed(name, value, "is not a list of objects, as FHIR has it: export the resource again")
    return value


def texts(parent: dict[str, Any], name: str) -> list[str]:
    """A list of strings; empty where it is absent."""
    value = parent.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Malformed(name, value, "is not a list of texts, as FHIR has it: export the resource again")
    return value


def codings(concept: dict[str, Any]) -> list[tuple[str | None, str | None]]:
    """The (system, code) pairs of a CodeableConcept."""
    return [(text(one, "system"), text(one, "code")) for one in groups(concept, "coding")]


def words(concept: dict[str, Any]) -> list[str]:
    """What a CodeableConcept says in words: its text and the displays of its codes."""
    said = [text(concept, "text"), *(text(one, "display") for one in groups(concept, "coding"))]
    return [one for one in said if one]
