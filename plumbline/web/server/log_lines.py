"""What other libraries log becomes a line of JSON, too: where it came from and the types of its errors, no text.

Their texts can quote values, addresses and queries, so none of it is kept.
"""

from __future__ import annotations

import logging
import sys
import threading
from typing import Any

from plumbline import log
from plumbline.trail import report, trail


def begin() -> None:
    """Make every line that this process logs from now on a line of JSON, whoever writes it."""
    logging.setLogRecordFactory(without_text)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.asgi"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger().handlers[:] = [logging.StreamHandler(sys.stderr)]
    log.LOG.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    threading.excepthook = lambda told: _report(told.exc_value)
    sys.excepthook = lambda _type, error, _trace: _report(error)
    sys.unraisablehook = lambda told: _report(told.exc_value)


def without_text(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """A record of the log: one of ours as it is, of any other the place and the types of its error."""
    record = logging.LogRecord(*args, **kwargs)
    if record.name == log.OURS:
        return record
    error = record.exc_info[1] if record.exc_info else None
    where = f"{record.module}:{record.lineno}"
    told = trail(error) if error else None
    record.msg = log.line("other", record.levelno, {"logger": record.name, "where": where, "error": told})
    record.args = ()
    record.is_of_error = error is not None
    record.exc_info = record.exc_text = record.stack_info = None
    return record


def _report(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit | KeyboardInterrupt):
        report(error)
