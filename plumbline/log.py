"""The log: one line of JSON for each event, on stderr, and nothing in it that could be about a patient.

A line has the time (UTC), the level, the event and fields that our own code chose. What other libraries log becomes
such a line in `plumbline.web.server.log_lines`.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

OURS = "plumbline"
LOG = logging.getLogger(OURS)
LONGEST = 2000
Field = str | int | float | bool | None


def event(name: str, level: int = logging.INFO, **fields: Field) -> None:
    """Log an event of ours. A field is a code, a key or a count: never a name, a value, an address or a token."""
    LOG.log(level, line(name, level, fields))


def line(name: str, level: int, fields: dict[str, Field]) -> str:
    """One event as one line; fields without a value are left out."""
    said: dict[str, Any] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": logging.getLevelName(level).lower(),
        "event": name,
    }
    said |= {key: value[:LONGEST] if isinstance(value, str) else value for key, value in fields.items()}
    return json.dumps({key: value for key, value in said.items() if value is not None})
