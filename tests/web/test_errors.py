"""An error on a page: a sentence and a code on the screen, places in the log, patients' values in neither."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plumbline.trail import trail
from tests.conftest import Served
from tests.web.wire import Wire

SECRET = "Rosalind Example, pain 9"

# Serves the real application with one page's query broken, as a fault in the data would break it.
BROKEN = f"""
import sys
import plumbline.web.ui as ui
kind = sys.argv.pop(1)
def footer(ctx):
    if kind == "ours":
        from plumbline.errors import NotFound
        raise NotFound("There is no such patient here. Go back to the worklist.")
    if kind == "duckdb":
        ctx.cursor.execute("select cast('{SECRET}' as integer)")
    tell_others()
    raise ValueError("{SECRET}")
def tell_others():
    # what libraries do: texts with values in them, with and without an error, on threads and as warnings
    import logging, threading, warnings
    for name in ("streamlit.elements.arrow", "uvicorn.error", "pyarrow", "a.library"):
        logging.getLogger(name).warning("can't convert %s", "{SECRET}")
        logging.getLogger(name).error("for {SECRET} in /patient?episode=0123456789abcdef")
        try:
            int("{SECRET}")
        except ValueError:
            logging.getLogger(name).exception("failed with {SECRET}")
    warnings.warn("{SECRET}")
    from streamlit.logger import get_logger
    get_logger("streamlit.made.later").error("{SECRET}")
    thread = threading.Thread(target=int, args=("{SECRET}",))
    thread.start()
    thread.join()
ui.footer = footer
from plumbline.cli.main import main
main()
"""


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["duckdb", "python"])
@pytest.mark.attack(49)
def test_a_fault_shows_a_code_and_logs_places_only(
    serve: Callable[..., Served], made_up_store: Path, kind: str
) -> None:
    command = [sys.executable, "-c", BROKEN, kind, "serve", "--port", "{port}"]
    served = serve(made_up_store, "demo", command, PLUMBLINE_STORE=str(made_up_store))
    with Wire(served.url) as wire:
        seen = wire.ask("reference")
    code = re.search(r"this code: ([0-9A-F]{8})\.", seen.said)
    assert code
    assert SECRET not in seen.said
    assert "Traceback" not in seen.said
    assert "exception" not in seen.kinds
    served.stop()
    log = served.printed()
    lines = [json.loads(line) for line in log.splitlines() if not line.startswith("Plumbline is ready at http")]
    assert all({"time", "level", "event"} <= set(line) for line in lines)
    (line,) = [one for one in lines if one.get("code") == code.group(1)]
    assert line["event"] == "error"
    assert line["where"].startswith(("ConversionException at ", "ValueError at "))
    assert [one["event"] for one in (lines[0], lines[-1])] == ["started", "stopped"]
    assert "in footer" in log
    assert SECRET not in log
    assert "Rosalind" not in log
    assert "0123456789abcdef" not in log


@pytest.mark.browser
def test_an_error_of_ours_is_shown_as_it_is(serve: Callable[..., Served], made_up_store: Path) -> None:
    command = [sys.executable, "-c", BROKEN, "ours", "serve", "--port", "{port}"]
    served = serve(made_up_store, "demo", command, PLUMBLINE_STORE=str(made_up_store))
    with Wire(served.url) as wire:
        assert "There is no such patient here. Go back to the worklist." in wire.ask("reference").said


@pytest.mark.browser
def test_the_log_holds_no_address_of_a_patient(frame: Served) -> None:
    with Wire(frame.url) as wire:
        wire.ask("patient", query="episode=0123456789abcdef")
    assert "0123456789abcdef" not in frame.printed()


def test_a_trail_has_the_types_and_places_of_the_causes_and_no_text() -> None:
    def fail() -> None:
        try:
            int(SECRET)
        except ValueError as error:
            raise RuntimeError(SECRET) from error

    with pytest.raises(RuntimeError) as caught:
        fail()
    told = trail(caught.value)
    assert told.startswith("RuntimeError at test_errors.py:")
    assert "; from ValueError at test_errors.py:" in told
    assert SECRET not in told
    assert str(Path.cwd()) not in told
