"""Where an error came from, without what it said: messages of DuckDB and pandas can quote patients' values."""

from __future__ import annotations

import logging
import secrets
import traceback

from plumbline import log


def trail(error: BaseException) -> str:
    """Types and places of an error and its causes, none of their text: `KeyError at store.py:12 in load`."""
    parts: list[str] = []
    current: BaseException | None = error
    while current is not None and len(parts) < 5:
        frames = traceback.extract_tb(current.__traceback__)
        places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} in {frame.name}" for frame in frames]
        parts.append(f"{type(current).__name__} at " + (" > ".join(places[-8:]) or "no place"))
        current = current.__cause__ or current.__context__
    return "; from ".join(parts)


def report(error: BaseException, request_id: str | None = None) -> str:
    """Write the trail to the log under a new support code, and give the code to show to a person."""
    code = secrets.token_hex(4).upper()
    log.event("error", logging.ERROR, code=code, request=request_id, where=trail(error))
    return code
