"""What records is guarded where it is called, not only where its button is drawn; a draft is its owner's alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plumbline import store as store_module
from plumbline.entry import drafts
from plumbline.entry.drafts import Place
from plumbline.entry.record import save
from plumbline.entry.steps import Add
from plumbline.errors import NotAllowed
from plumbline.store import Store
from plumbline.web import cache
from plumbline.web.server import modes, serving
from tests.facts import day, one_course

COURSE = {"episode_id": "e1", "patient_id": "p1", "name": "Ada Example", "performed_on": day(0)}
CALLS = ("left", "throw_away", "undo", "undo_in_history", "record", "correct", "retract", "attempt")


@pytest.fixture
def served(empty_store: Path) -> Iterator[Store]:
    """An open store that the web layer takes for the served one, in the demo."""
    opened = store_module.open_store(empty_store)
    one_course().write(opened)
    opened.set_meta("synthetic", "true")
    serving._process.store, serving._process.settings = opened, modes.Settings("demo", empty_store)
    yield opened
    serving._process.store = serving._process.settings = None
    cache.shared().clear()
    opened.close()


def calls() -> None:
    """Run inside a session: one raw call, as a browser could ask for it."""
    import streamlit as st

    from plumbline.entry.drafts import Place
    from plumbline.entry.forms import Filled
    from plumbline.web import ui
    from plumbline.web.patient import entry as patient_entry
    from plumbline.web.patient import entry_fields
    from plumbline.web.patient import history as patient_history
    from plumbline.web.patient.entry_fields import Form

    course, place, at = st.session_state["course"], Place("demo specialist", "e1", "score"), "x:score"
    st.session_state["x:value"] = 9
    picked = {"kind": "score", "fact_id": "none", "words": "…"}
    {
        "left": lambda: entry_fields._left(place, at, "value:nrs_back", "x:value", "x:day"),
        "throw_away": lambda: entry_fields._throw_away(place, at),
        "undo": lambda: patient_entry.undo_entry(course, st.session_state["entry"]),
        "undo_in_history": lambda: patient_history._undo(st.session_state["entry"], "x"),
        "record": lambda: patient_entry._record(course, "score", "x"),
        "correct": lambda: patient_history._correct(ui.context(), course, picked, "x"),
        "retract": lambda: patient_history._retract(ui.context(), course, picked, "x"),
        "attempt": lambda: patient_entry.attempt(
            Form(ui.context(), course, "score", "x"), lambda: Filled((), ()), None, agreed=True
        ),
        "shown": lambda: patient_entry._record(course, "score", "x"),
    }[st.session_state["call"]]()


def session(call: str, role: str, entry: str = "") -> AppTest:
    app = AppTest.from_function(calls, default_timeout=30)
    app.query_params["role"] = role
    for name, value in {"call": call, "course": COURSE, "entry": entry}.items():
        app.session_state[name] = value
    return app.run()


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.slow
def test_who_may_not_enter_changes_nothing_by_a_raw_call(
    served: Store, caplog: pytest.LogCaptureFixture, call: str
) -> None:
    values = {"instrument": "nrs_back", "value": 3, "status": "done", "moment_on": day(9)}
    entry = save(served, "demo specialist", "e1", [Add("score", values)], confirmed=_Everything()).entry_id
    mine = Place("demo specialist", "e1", "score")
    drafts.keep(served, mine, {"value:nrs_back": 4})
    app = session(call, "clinic_manager", entry)
    assert len(app.exception) == 1
    assert {record.exc_info[0] for record in caplog.records if record.exc_info} == {NotAllowed}
    assert served.cursor().execute("select count(*) from change").fetchall() == [(1,)]
    assert served.cursor().execute("select user_name, value from draft").fetchall() == [("demo specialist", "4")]


def test_a_field_that_is_left_is_kept_for_who_left_it_whatever_name_was_sent(served: Store) -> None:
    app = session("left", "specialist")
    assert not app.exception
    assert drafts.read(served, Place("demo specialist", "e1", "score")).values == {"value:nrs_back": 9}


@pytest.mark.slow
def test_a_draft_of_somebody_else_is_not_shown(served: Store) -> None:
    drafts.keep(served, Place("demo data steward", "e1", "score"), {"value:nrs_back": 9})
    app = session("shown", "specialist")
    assert not app.exception
    assert [radio.value for radio in app.radio if "Back pain" in radio.label] == [None]
    drafts.keep(served, Place("demo specialist", "e1", "score"), {"value:nrs_back": 6})
    app = session("shown", "specialist")
    assert [radio.value for radio in app.radio if "Back pain" in radio.label] == [6]


class _Everything(frozenset[str]):
    def __contains__(self, _key: object) -> bool:
        return True
