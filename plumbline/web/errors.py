"""The one place where an error becomes words: a sentence and a support code on the screen, the place in the log.

DuckDB's and pandas' messages can quote values, so neither the screen nor the log ever gets an error's own text,
except that of our own errors, which is written to be read.
"""

from __future__ import annotations

import logging
import secrets
import traceback

import streamlit as st

from plumbline.errors import PlumblineError

_LOG = logging.getLogger("plumbline")
_STREAMLIT_LOG = logging.getLogger("streamlit.error_util")


def support_code() -> str:
    """A short code that joins what a person saw to a line in the log."""
    return secrets.token_hex(4).upper()


def trail(error: BaseException) -> str:
    """Types and places of an error and its causes, without their text: `KeyError at store.py:12 in open_store`."""
    parts: list[str] = []
    current: BaseException | None = error
    while current is not None and len(parts) < 5:
        frames = traceback.extract_tb(current.__traceback__)
        places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} in {frame.name}" for frame in frames]
        parts.append(f"{type(current).__name__} at " + (" > ".join(places[-8:]) or "no place"))
        current = current.__cause__ or current.__context__
    return "; from ".join(parts)


def on_script_error(error: Exception) -> bool:
    """What Streamlit calls for every error of a page, fragment or callback; True keeps its own box away."""
    if isinstance(error, PlumblineError):
        st.error(str(error), icon=None)
        return True
    code = support_code()
    _LOG.error("support code %s: %s", code, trail(error))
    st.error(
        f"Something went wrong on our side, and nothing was changed. Reload the page; if it happens again, "
        f"tell your administrator this code: {code}."
    )
    return True


class _WithoutValues(logging.Filter):
    """Drops Streamlit's own report of an error, which holds the error's text; ours follows it."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.exc_info


def keep_values_out_of_the_log() -> None:
    """Take errors' own text and the addresses of patients' pages out of the log.

    Needs `logger.enableRich = false` in the settings. Streamlit asks for no access log, then turns it on by accident.
    """
    logging.getLogger("uvicorn.access").disabled = True
    if not any(isinstance(one, _WithoutValues) for one in _STREAMLIT_LOG.filters):
        _STREAMLIT_LOG.addFilter(_WithoutValues())
