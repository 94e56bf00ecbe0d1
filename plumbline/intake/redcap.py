"""REDCap's flat export needs no mapping file."""

from __future__ import annotations

from pathlib import Path

from plumbline.intake.mapping import Mapping
from plumbline.intake.tables import Table


def recognised(path: Path) -> tuple[Table, Mapping] | None:
    """The table and a mapping."""
    return None
