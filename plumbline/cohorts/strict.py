"""JSON as strictly as a hash needs it: an object, no name twice, no NaN, and never longer than a cohort can be."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from plumbline.cohorts.filters import DefinitionError

LONGEST = 200_000


def parsed(text: str) -> dict[str, Any]:
    """JSON as a dictionary, nothing twice in it. Raises DefinitionError."""
    if len(text) > LONGEST:
        raise DefinitionError(f"This is longer than a cohort can be: {LONGEST:,} letters at most.")
    try:
        told = json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise DefinitionError("This is no JSON: give a file that `cohorts export` wrote.") from error
    if not isinstance(told, dict):
        raise DefinitionError("This is no cohort: give a file that `cohorts export` wrote.")
    return told


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise DefinitionError(f"{json.dumps(name)[:60]} stands there twice: which of them counts can't be told.")
        found[name] = value
    return found


def _constant(word: str) -> NoReturn:
    raise DefinitionError(f"{word} is no number that can be compared.")
