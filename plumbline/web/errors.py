"""Where an error becomes words, once: a sentence and a support code on the screen, a place in the log.

DuckDB's and pandas' messages can quote values, so neither the screen nor the log ever gets an error's own
text, except that of our own errors, which is written to be read.
"""

from __future__ import annotations

import logging

import streamlit as st

from plumbline.errors import PlumblineError, disk_full
from plumbline.trail import report
from plumbline.web.server import log_lines

_STREAMLIT_LOG = logging.getLogger("streamlit.error_util")


def tell(error: Exception) -> str | None:
    """Say on the page what went wrong: our own words, or a support code, which is given back for the record."""
    told = error if isinstance(error, PlumblineError) else disk_full(error)
    if told:
        st.error(str(told))
        return None
    code = report(error, _request_id())
    st.error(
        "Something went wrong on our side, and nothing was changed. Reload the page; if it happens again, "
        f"tell whoever looks after Plumbline this code: {code}."
    )
    return code


def _request_id() -> str | None:
    """What the gate calls the request that this page came with."""
    told = st.context.headers.get("X-Plumbline-Request")
    return str(told) if told else None


class _WithoutValues(logging.Filter):
    """Drops Streamlit's own report of an error, which holds the error's text; ours follows it."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info or getattr(record, "is_of_error", False))


def keep_values_out_of_the_log() -> None:
    """Take errors' own text and the addresses of patients' pages out of the log, which becomes lines of JSON.

    Needs `logger.enableRich = false` in the settings. Streamlit asks for no access log, then undoes it.
    """
    log_lines.begin()
    logging.getLogger("uvicorn.access").disabled = True
    if not any(isinstance(one, _WithoutValues) for one in _STREAMLIT_LOG.filters):
        _STREAMLIT_LOG.addFilter(_WithoutValues())
