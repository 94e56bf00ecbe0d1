"""Propose a mapping for a file: REDCap's by its dictionary, any other by headings, values and dates."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from plumbline.intake import redcap
from plumbline.intake.mapping import Mapping
from plumbline.intake.suggest import NOTHING, Settled, suggest
from plumbline.intake.tables import Reading, tables
from plumbline.intake.text import stem


def propose(path: Path, settled: Settled = NOTHING, reading: Reading | None = None) -> Mapping:
    """Propose a mapping for a file. Raises FileRefused where it can't be read, PlumblineError where it has no rows."""
    reading = reading or Reading()
    found = tables(path, reading)
    name = re.sub(r"[^\w-]+", "-", stem(path)).strip("-")[:80]
    settled = replace(settled, name=settled.name or name or None)
    return redcap.mapping_of(path, found, settled, reading) or suggest(found, settled, reading)
