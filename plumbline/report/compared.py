"""What `python -m plumbline compare …` does to an open store: the figures of the Cohorts page as plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plumbline import audit
from plumbline.cohorts import release, small
from plumbline.compare.answering import answer, asked, plain
from plumbline.compare.model import Comparison
from plumbline.small import hidden
from plumbline.small.across import across
from plumbline.store import Store

Emit = Callable[[str, int, int], None]


def compare(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """The page's figures, small numbers hidden as inside the clinic; on record and refused as the page is.

    Options: as `plumbline.compare.answering`, and by. Raises PlumblineError.
    """
    return plain(told(store, options, release.SEEN, small.limits().inside)), 0


def told(store: Store, options: dict[str, Any], kind: str, limit: int) -> Comparison:
    """A comparison as it may be told: looked at for small groups first, then on record, with small numbers hidden.

    Options: as `plumbline.compare.answering`, and by. `kind`: whether it is seen or leaves (`cohorts.release`).
    Raises PlumblineError; then nothing is on record.
    """
    by = audit.Actor(str(options["by"]), "command line")
    groups, ask = asked(store, options)
    definitions = [definition for _, definition, _ in groups]
    release.look(store, by, definitions, ask.as_of, kind=kind)
    also = across(store, store, by.key, kind, definitions, ask, limit)
    return hidden(answer(store, groups, ask), limit, also)


COMMANDS = {"compare": compare}
