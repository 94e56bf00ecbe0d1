"""Propose a mapping for a file: REDCap's by its dictionary, FHIR's by its responses, others by headings and values."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from plumbline.intake import redcap
from plumbline.intake.mapping import Mapping
from plumbline.intake.reading import Reading
from plumbline.intake.settled import NOTHING, Settled
from plumbline.intake.sources import sources
from plumbline.intake.suggest import suggest
from plumbline.intake.suggest_forms import propose_forms
from plumbline.intake.tables import tables
from plumbline.intake.text import stem


def propose(path: Path, settled: Settled = NOTHING, reading: Reading | None = None) -> Mapping:
    """Propose a mapping for a file. Raises FileRefused where it can't be read, PlumblineError where it has no rows."""
    reading = reading or Reading()
    name = re.sub(r"[^\w-]+", "-", stem(path)).strip("-")[:80]
    settled = replace(settled, name=settled.name or name or None)
    if path.is_file() and sources([path])[0][0].format == "fhir":
        return propose_forms(path, settled)
    found = tables(path, reading)
    return redcap.mapping_of(path, found, settled, reading) or suggest(found, settled, reading)
