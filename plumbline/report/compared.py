"""What `python -m plumbline compare …` does to an open store: the figures of the Cohorts page as plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plumbline.cohorts import small
from plumbline.compare.answering import answer, plain
from plumbline.small import hidden
from plumbline.store import Store

Emit = Callable[[str, int, int], None]


def compare(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """The page's figures, small numbers hidden as inside the clinic. Options: as `plumbline.compare.answering`."""
    return plain(hidden(answer(store, options), small.limits().inside)), 0


COMMANDS = {"compare": compare}
