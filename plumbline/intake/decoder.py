"""JSON as FHIR needs it: numbers stay text as they were written, and a key that stands twice is seen."""

from __future__ import annotations

import json
from typing import Any


class Number(str):
    """A JSON number as it was written."""


class Doubled(dict[str, Any]):
    """An object in which a key stands twice; the last holds."""


class Decoder:
    """`json` with numbers as text, remembering doubled keys of the value just read."""

    def __init__(self) -> None:
        self.doubled: str | None = None
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._pairs, parse_int=Number, parse_float=Number, parse_constant=Number
        )

    def _pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            self.doubled = next(name for name in names if names.count(name) > 1)
            return Doubled(found)
        return found

    def value(self, text: str, place: int) -> tuple[Any, int]:
        """The value that begins at a place, and where it ends. Raises ValueError, RecursionError."""
        return self._decoder.raw_decode(text, place)

    def fault(self) -> str | None:
        """What is wrong with the value just read; forgets it."""
        name, self.doubled = self.doubled, None
        return f'the key "{name}" stands twice in one object: keep one' if name else None
