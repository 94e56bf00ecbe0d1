"""What `python -m plumbline compare …` does to an open store: the figures of the Cohorts page as plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plumbline import audit
from plumbline.cohorts import release, small
from plumbline.compare.answering import answer, asked, groups, plain
from plumbline.small import hidden
from plumbline.small.across import across
from plumbline.store import Store

Emit = Callable[[str, int, int], None]


def compare(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """The page's figures, small numbers hidden as inside the clinic; on record and refused as the page is.

    Options: as `plumbline.compare.answering`, and by. Raises TooSmall.
    """
    found, by = answer(store, options), audit.Actor(str(options["by"]), "command line")
    definitions = [definition for _, definition, _ in groups(store, options)]
    release.look(store, by, definitions, found.question.as_of, kind=release.SEEN)
    ask, limit = asked(store, options), small.limits().inside
    return plain(hidden(found, limit, across(store, store, by.key, release.SEEN, definitions, ask, limit))), 0


COMMANDS = {"compare": compare}
