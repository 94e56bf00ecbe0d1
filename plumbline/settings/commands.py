"""What the `clinics` commands do to an open store; part of the table in `commands`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from plumbline import audit, settings
from plumbline.store import Store

Emit = Callable[[str, int, int], None]


def listed(store: Store, _options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """How each clinic is set, and every change of that."""
    with closing(store.cursor()) as cursor:
        return {"clinics": settings.clinics(cursor), "changes": settings.changes(store)}, 0


def set_clinic(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Change settings. Options: clinic, by, values (by name; what isn't there stays)."""
    actor = audit.Actor(str(options["by"]), "command line")
    changed = settings.change(store, actor, str(options["clinic"]), dict(options["values"]))
    return {"clinic": str(options["clinic"]), "changed": list(changed)}, 0


COMMANDS = {"clinics": listed, "clinics_set": set_clinic}
