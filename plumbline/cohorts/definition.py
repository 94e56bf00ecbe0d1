"""A cohort's definition: filters and nothing else, in one spelling, with a hash that says which procedures it means.

A procedure is in a cohort where every filter says yes. What isn't known answers no filter: such a procedure is neither
in the cohort nor among all others. `other_than` makes the rest: those within `filters` of which it is known that they
are not in the cohort of `other_than`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plumbline.cohorts.filters import DefinitionError, canonical
from plumbline.cohorts.strict import LONGEST, parsed

FORMAT = 1
_MARK = "plumbline_cohort"
_OWN = {_MARK, "filters", "other_than"}
_BESIDE = {"name", "digest"}


def _text(filters: Any, other_than: Any) -> str:
    told: dict[str, Any] = {_MARK: FORMAT, "filters": canonical(filters)}
    if other_than is not None:
        told["other_than"] = canonical(other_than, "other_than")
        if not told["other_than"]:
            raise DefinitionError("other_than names no filter: nobody is other than everybody. Leave it out.")
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    if len(text) > LONGEST:
        raise DefinitionError("The definition is too long: name fewer words.")
    return text


@dataclass(frozen=True)
class Definition:
    """Which procedures a cohort means. `text`: the canonical JSON; two of the same text are equal.

    Make one with `of`, `from_dict` or `from_json`; all raise DefinitionError for what can't be understood.
    """

    text: str = _text({}, None)

    def __post_init__(self) -> None:
        told = parsed(self.text)
        if _text(told.get("filters"), told.get("other_than")) != self.text:
            raise DefinitionError("The text of a definition isn't the canonical one: make it with Definition.of.")

    @classmethod
    def of(cls, filters: Mapping[str, Any], other_than: Mapping[str, Any] | None = None) -> Definition:
        """From filters as plain dictionaries; days as `date` or ISO text."""
        return cls(_text(filters, other_than))

    @classmethod
    def from_dict(cls, told: Any) -> Definition:
        """From the file format as a dictionary; its name and digest are not looked at."""
        if not isinstance(told, Mapping) or told.get(_MARK) is None:
            raise DefinitionError(f'This is no cohort: it lacks "{_MARK}": {FORMAT}.')
        if told[_MARK] != FORMAT or isinstance(told[_MARK], bool):
            raise DefinitionError(
                f"This cohort is of version {json.dumps(told[_MARK])[:20]}, and only version {FORMAT} is known here: "
                "export it anew, or bring Plumbline up to date."
            )
        if strange := sorted(set(map(str, told)) - _OWN - _BESIDE):
            raise DefinitionError(f"A cohort's file has no {json.dumps(strange[0])[:60]}: filters stand in filters.")
        if "filters" not in told:
            raise DefinitionError('This cohort has no filters: write "filters": {} for every procedure.')
        return cls.of(told["filters"], told.get("other_than"))

    @classmethod
    def from_json(cls, text: str) -> Definition:
        """From the file format as text."""
        return cls.from_dict(parsed(text))

    @property
    def filters(self) -> dict[str, Any]:
        """The filters as plain dictionaries, lists, numbers, ISO days and booleans; a copy."""
        return dict(json.loads(self.text)["filters"])

    @property
    def other_than(self) -> dict[str, Any] | None:
        """The filters of those who are left out, or None."""
        found = json.loads(self.text).get("other_than")
        return None if found is None else dict(found)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical text, in hex: the same for the same filters, whatever a cohort is called."""
        return hashlib.sha256(self.text.encode("ascii")).hexdigest()

    def named(self, *names: str) -> bool:
        """Whether it goes by one of these filters, within or without."""
        return bool({*self.filters, *(self.other_than or {})} & set(names))

    def without(self, name: str) -> Definition:
        """The same without one filter; without its `other_than`, where that is the name."""
        if name == "other_than":
            return Definition.of(self.filters)
        return Definition.of({one: value for one, value in self.filters.items() if one != name}, self.other_than)

    def narrowed(self, filters: Mapping[str, Any]) -> Definition:
        """The same with filters that narrow every group of a comparison; where both have one, these count."""
        return Definition.of({**self.filters, **filters}, self.other_than)


EVERYBODY = Definition()
"""Every procedure."""


def others(definition: Definition, shared: Iterable[str] = ()) -> Definition:
    """All others: within the filters named in `shared`, those of whom it is known that the rest doesn't hold.

    Raises DefinitionError where nothing is left to be other than, or the cohort is a rest itself.
    """
    if definition.other_than is not None:
        raise DefinitionError("This cohort is a rest itself: all others than a rest can't be made. Name the cohort.")
    kept = set(shared)
    within = {name: value for name, value in definition.filters.items() if name in kept}
    apart = {name: value for name, value in definition.filters.items() if name not in kept}
    if not apart:
        raise DefinitionError("This cohort holds everybody that is compared: there are no others. Add a filter.")
    return Definition.of(within, apart)


def to_file(name: str, definition: Definition) -> str:
    """A cohort as a file to be kept or sent: its name, its filters and the hash of them. No patient data."""
    told = {**json.loads(definition.text), "name": name, "digest": definition.digest}
    return json.dumps(told, sort_keys=True, indent=2, ensure_ascii=False) + "\n"


def from_file(text: str) -> tuple[str, Definition]:
    """The name ("" where there is none) and the definition of a file. Raises DefinitionError.

    A file whose hash isn't that of its filters was edited after it was written, and says so.
    """
    told = parsed(text)
    definition = Definition.from_dict(told)
    name, digest = told.get("name", ""), told.get("digest")
    if not isinstance(name, str):
        raise DefinitionError("The cohort's name is no text.")
    if digest is not None and digest != definition.digest:
        raise DefinitionError(
            "The filters in this file aren't those that its digest was made of: it was edited since. "
            "Take the line digest out to have it as it is now, or export it anew."
        )
    return name, definition
