"""What `python -m plumbline links …` does to an open store: each a function of the store, its options and progress.

None of them makes a link or shows what opens one: that is shown once, to who makes it on the Patient page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plumbline import audit
from plumbline.sharing import links, sweeping
from plumbline.store import Store

Emit = Callable[[str, int, int], None]


def listed(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Every link, or those of one patient. Options: patient (an id, or null)."""
    return links.listed(store, patient_id=options["patient"]), 0


def revoke(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Take a link back. Options: link, by."""
    links.revoke(store, audit.Actor(str(options["by"]), "command line"), str(options["link"]))
    return {"link": str(options["link"])}, 0


def sweep(store: Store, _options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Put away what is over. Options: none."""
    return sweeping.sweep(store), 0


COMMANDS = {"links": listed, "links_revoke": revoke, "links_sweep": sweep}
