"""Who may know what on the Clinics page, and that each list is as long as its mark says, refused where it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from plumbline import flag_runs, sql
from plumbline.clinics import words
from plumbline.clinics.model import View
from plumbline.errors import NotAllowed
from plumbline.known import as_known
from plumbline.store import Store, open_store
from plumbline.web.clinics import data
from plumbline.web.clinics.data import Behind
from plumbline.web.ui import Context

AS_OF = date(2026, 11, 23)
QUARTER = date(2026, 9, 30)  # who sees counts alone looks at such days
MEASURES = ("improved", "comfortable", "worse", "mean")


@pytest.fixture(scope="module")
def store(demo_store: Path) -> Iterator[Store]:
    opened = open_store(demo_store)
    flag_runs.refresh(opened)
    yield opened
    opened.close()


def ctx(store: Store, role: str, as_of: date = AS_OF) -> Context:
    return Context(store, "demo", role, as_of, "light", f"demo {role}")


def test_only_who_may_list_people_gets_any_and_only_managers_specialists_and_owners_the_page(store: Store) -> None:
    mark = Behind("month_3", "due")
    for role in ("clinic_manager", "coordinator", "data_steward", "auditor", "admin", "nobody"):
        with pytest.raises(NotAllowed):
            data.behind(ctx(store, role), mark)
    assert len(data.behind(ctx(store, "specialist"), mark))
    for role in ("coordinator", "data_steward", "auditor", "admin", "patient", "nobody"):
        for ask in (data.counts, data.cells, data.rates, data.waits, lambda who: data.funnel(who, View(
            "improved", "clinic", "month_3", False))):  # fmt: skip
            with pytest.raises(NotAllowed):
                ask(ctx(store, role))


def test_what_a_manager_gets_names_no_patient(store: Store) -> None:
    manager = ctx(store, "clinic_manager", QUARTER)
    told = [data.counts(manager).to_csv(), str(data.cells(manager)), str(data.rates(manager)), str(data.waits(manager))]
    for measure in MEASURES:
        for by in ("clinic", "surgeon"):
            view = View(measure, by, "month_3", True)
            told += [str(data.funnel(manager, view)), str(data.control(manager, view, "", ""))]
    names = sql.ask(store.cursor(), "followup/phone_by_patient", patient_id=None, clinics=None)
    known = {*names["patient_id"], *sql.ask(store.cursor(), "cohort/trait_by_episode", clinics=None)["episode_id"]}
    assert known
    assert [one for one in known if re.search(rf"\b{re.escape(one)}\b", " ".join(told))] == []


@pytest.mark.parametrize("by", ["clinic", "surgeon"])
@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("visit", words.VISITS)
def test_the_list_behind_each_point_is_as_long_as_it_says(store: Store, visit: str, measure: str, by: str) -> None:
    specialist = ctx(store, "specialist")
    found = data.funnel(specialist, View(measure, by, visit, False))
    counted = data.COUNTED[found.measure.counted]
    of = {"clinic": "clinic_id", "surgeon": "surgeon"}[by]
    for point in found.points:
        if point.answered is not None:
            behind = data.behind(specialist, Behind(visit, counted, **{of: point.unit}))
            assert len(behind) == point.answered
            assert point.answered == 0 or behind["visits"].iloc[0] == point.answered


def test_the_list_behind_each_cell_and_each_month_is_as_long_as_it_says(store: Store) -> None:
    specialist = ctx(store, "specialist")
    cells = data.cells(specialist)
    assert len(cells) > 10
    for cell in cells:
        people = data.behind(specialist, Behind(cell.visit, "due", clinic_id=cell.unit))
        if cell.due is not None:
            assert len(people) == cell.due
            assert people["received_on"].notna().sum() == cell.received
    counts = data.counts(specialist)
    for month, received in counts[counts["visit"] == "month_3"].groupby("month_on")["received"].sum().items():
        mark = Behind("month_3", "received", month=f"{month:%Y-%m-%d}")
        assert len(data.behind(specialist, mark)) == received


def test_another_day_is_another_answer_and_the_first_day_has_none(store: Store) -> None:
    view = View("comfortable", "clinic", "month_3", True)
    now, before = (data.funnel(ctx(store, "specialist", on), view) for on in (AS_OF, date(2025, 9, 1)))
    assert sum(one.due or 0 for one in now.points) > sum(one.due or 0 for one in before.points)
    first = ctx(store, "specialist", date(2020, 1, 1))
    assert data.counts(first).empty
    assert data.cells(first) == () == data.rates(first)


def test_who_sees_one_clinic_sees_it_alone_and_its_own_sums(store: Store) -> None:
    everybody = ctx(store, "clinic_manager", QUARTER)
    (mine, *_) = sorted(set(data.counts(everybody)["clinic_id"]))
    alone = Context(store, "oidc", "clinic_manager", QUARTER, "light", "u1", (mine,))
    view = View("comfortable", "clinic", "month_3", True)
    found = data.funnel(alone, view)
    assert found.headline == "One clinic alone: nothing to compare it with"
    assert [one.unit for one in found.points] == [mine]
    assert found.limits == ()
    assert {one.unit for one in data.cells(alone)} == {mine}
    assert {one.unit for one in data.rates(alone)} == {"", mine}
    months = data.control(alone, view, "", "")
    assert sum(one.answered or 0 for one in months.months) <= sum(one.received or 0 for one in found.points)


def test_the_past_is_as_it_was_known(store: Store) -> None:
    day = date(2026, 6, 1)
    past = as_known(store, datetime(2026, 6, 1, 12, tzinfo=UTC))
    then, later = (Context(one, "demo", "specialist", day, "light", "demo specialist") for one in (past, store))
    known, hindsight = data.counts(then), data.counts(later)
    assert len(known)
    assert known["received"].sum() <= hindsight["received"].sum()
    view = View("comfortable", "clinic", "month_3", True)
    for point in data.funnel(then, view).points:
        if point.answered is not None:
            assert len(data.behind(then, Behind("month_3", "received", clinic_id=point.unit))) == point.answered
    assert data.rates(then)[0].name == "All clinics"
    flag_runs.refresh(past)
    assert isinstance(data.waits(then), tuple)
