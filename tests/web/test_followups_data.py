"""Who may know what on the Follow-ups page: refused where the data are asked for, whatever a page would draw."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plumbline.errors import NotAllowed
from plumbline.store import Store, open_store
from plumbline.web.followups import data
from plumbline.web.followups.data import Asked, Call
from plumbline.web.ui import Context

pytestmark = pytest.mark.slow
AS_OF = date(2026, 11, 23)
PERSONAL: list[Callable[[Context], Any]] = [
    lambda ctx: data.calls(ctx, Asked()),
    lambda ctx: data.behind(ctx, None, "missed", None),
    lambda ctx: data.phone(ctx, "DEMO-P01"),
    lambda ctx: data.attempts(ctx, "demo-01", "month_3"),
    lambda ctx: data.questions(ctx, "demo-01"),
    lambda ctx: data.file(ctx, Asked()),
    lambda ctx: data.log(ctx, Call("demo-01", "month_3", "no_answer")),
    lambda ctx: data.take_back(ctx, "any"),
]


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[Store]:
    opened = open_store(demo_store)
    yield opened
    opened.close()


def ctx(store: Store, role: str) -> Context:
    return Context(store, "demo", role, AS_OF, "light", f"demo {role}")


@pytest.mark.parametrize("role", ["clinic_manager", "data_steward", "nobody"])
def test_nobody_else_gets_a_person_a_phone_or_a_call(store: Store, role: str) -> None:
    for ask in PERSONAL:
        with pytest.raises(NotAllowed):
            ask(ctx(store, role))


def test_a_manager_gets_counts_and_they_name_no_person(store: Store) -> None:
    manager = ctx(store, "clinic_manager")
    frames = [data.blocks(manager, None), data.completeness(manager, None)]
    told = " ".join(frame.to_csv() for frame in frames) + str(data.total(manager, None))
    names = {row for one in ("given_name", "family_name", "phone", "patient_id") for row in _all(store, one)}
    assert names
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", told) and len(name) > 4] == []
    with pytest.raises(NotAllowed):
        data.blocks(ctx(store, "data_steward"), None)


def _all(store: Store, column: str) -> set[str]:
    return {str(row[0]) for row in store.cursor().execute(f"select {column} from patient").fetchall() if row[0]}


@pytest.mark.parametrize("role", ["specialist", "coordinator", "owner"])
def test_who_calls_sees_name_and_phone(store: Store, role: str) -> None:
    caller = ctx(store, role)
    found = data.calls(caller, Asked())
    assert len(found)
    assert str(data.phone(caller, found["patient_id"].iloc[0])).startswith("555-01")


def test_each_block_lists_as_many_as_it_says(store: Store) -> None:
    caller = ctx(store, "coordinator")
    for clinic_id in (None, "demo-heath"):
        for block in data.blocks(caller, clinic_id).itertuples():
            found = data.behind(caller, str(block.visit), str(block.state), clinic_id)
            assert len(found) == block.visits
    missed = data.behind(caller, None, "missed", None)
    blocks = data.blocks(caller, None)
    assert len(missed) == blocks[blocks["state"] == "missed"]["visits"].sum()


def test_the_file_has_every_line_and_phones_only_for_those_who_may(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = ctx(store, "coordinator")
    rows = list(csv.DictReader(io.StringIO(data.file(caller, Asked()).decode("utf-8-sig"))))
    found = data.calls(caller, Asked())
    assert [row["Patient id"] for row in rows] == list(found["patient_id"])
    assert all(re.fullmatch(r"555-01\d\d", row["Phone"]) for row in rows)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", rows[0]["Last day"])
    monkeypatch.setattr(data, "PHONE", "an action that nobody has")
    assert b"555-01" not in data.file(caller, Asked())


def test_the_coordinator_has_the_list_the_quality_of_the_data_and_no_other_page(store: Store) -> None:
    found = store.cursor().execute("select action from permission where role = 'coordinator'").fetchall()
    assert {row[0] for row in found} == {
        "view_followups", "view_call_list", "view_phone", "record_contact", "enter_facts",
        "view_quality", "view_quality_list", "export_list", "export_counts",
    }  # fmt: skip


def test_the_demo_has_calls_and_none_ahead_of_its_day(store: Store) -> None:
    found = store.cursor().execute("select max(attempted_on) < $on, count(*) > 0 from contact_attempt", {"on": AS_OF})
    assert found.fetchone() == (True, True)
