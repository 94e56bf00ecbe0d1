"""Whoever looks in steps learns of no few patients: refused is what differs, leaves out, or adds up to a few."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plumbline import audit
from plumbline.cohorts import EVERYBODY, Definition, members, others, release, remembered
from plumbline.cohorts.release import LEFT, SEEN, Past, TooSmall, check, look
from plumbline.cohorts.tracing import OF_EPISODE, apart, told_apart
from plumbline.known import as_known
from plumbline.store import Store, open_store
from tests.facts import Facts

DAY = date(2026, 11, 1)
DANA, EVE = audit.Actor("dana", "clinic_manager"), audit.Actor("eve", "clinic_manager")
WOMEN, MEN = Definition.of({"sex": ["female"]}), Definition.of({"sex": ["male"]})


def tagged(*tags: str, **more: Any) -> Definition:
    return Definition.of({"tag": list(tags), **more})


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    """60 women and 40 men, aged 60 to 89; tags: `core` (80), `few` (3 of core), `some` (12 of core), `rare` (5)."""
    facts, opened = Facts(), open_store(empty_store)
    facts.clinic()
    for turn in range(100):
        tags = ["core"] if turn < 80 else ["edge"]
        tags += ["few"] if turn in (3, 4, 5) else []
        tags += ["some"] if 10 <= turn < 22 else []
        tags += ["rare"] if 30 <= turn < 35 else []
        tags += ["lesser"] if turn < 77 else []
        facts.patient(f"p{turn}", sex="female" if turn % 5 < 3 else "male", birth_date=f"{1936 + turn % 30}-01-01")
        facts.episode(f"e{turn}", f"p{turn}", tags=";".join(tags), surgeon="Dr A" if turn % 2 else "Dr B")
    facts.episode("again", "p3", performed_on=date(2026, 9, 1), tags="twice", surgeon="Dr A")
    facts.write(opened)
    yield opened
    opened.close()


def refused(store: Store, cohorts: Sequence[Definition], by: audit.Actor = DANA, kind: str = SEEN, **more: Any) -> str:
    try:
        look(store, by, cohorts, more.pop("as_of", DAY), kind=kind, **more)
    except TooSmall as told:
        return str(told)
    return ""


def seen(store: Store, kind: str = SEEN) -> int:
    (found,) = (
        store.cursor().execute("select count(*) from cohort_release where kind = $kind", {"kind": kind}).fetchone()
    )
    return int(found)


def test_large_groups_are_shown_kept_in_mind_and_on_record(store: Store) -> None:
    assert refused(store, [WOMEN, others(WOMEN)]) == ""
    assert refused(store, [WOMEN, others(WOMEN)]) == "", "again, as a page is drawn again"
    assert seen(store) == 2
    rows = store.cursor().execute("select event, result from audit_event").fetchall()
    assert rows == [("cohort_viewed", "done")]


def test_a_small_cohort_is_refused_and_that_is_on_record(store: Store) -> None:
    assert "This cohort has under 5 patients" in refused(store, [tagged("few"), WOMEN])
    assert seen(store) == 0
    assert store.cursor().execute("select event, result from audit_event").fetchall() == [("cohort_refused", "refused")]


def test_patients_are_counted_not_procedures(store: Store) -> None:
    both = tagged("few", "twice")
    assert len(members(store.cursor(), both, DAY)) == 4
    assert "under 5 patients" in refused(store, [both])


def test_a_small_complement_is_refused(store: Store) -> None:
    most = Definition.of({}, {"tag": ["few"]})
    assert "leaves out under 5 patients" in refused(store, [most])
    assert "leaves out under 5 patients" in refused(store, [tagged("lesser", "edge")])


def test_a_filter_that_cuts_off_a_few_is_refused(store: Store) -> None:
    """All of Dr A but three: with and without the filter they could be told."""
    told = refused(store, [Definition.of({"surgeon": ["Dr A"], "age": {"from": 62}})])
    assert "The filter Age leaves out under 5 patients" in told
    assert "Widen it" in told


def test_two_filters_of_one_account_in_steps(store: Store) -> None:
    assert refused(store, [tagged("core")]) == ""
    told = refused(store, [tagged("lesser")])
    assert "differs from what was looked at before by under 5 patients" in told
    assert refused(store, [tagged("lesser")], by=EVE) == "", "of another account it is the first"
    assert "differs from" in refused(store, [tagged("core")], by=EVE)


def test_in_a_roundabout_way_by_several_groups(store: Store) -> None:
    """Those of the core, without the lesser ones' women and without their men: three are left."""
    women, men = (tagged("lesser", sex=[sex]) for sex in ("female", "male"))
    assert refused(store, [women, men]) == ""
    assert "adding and subtracting" in refused(store, [tagged("core")])


def test_what_leaves_is_looked_at_beside_all_that_has_left_by_anybody(store: Store) -> None:
    assert refused(store, [tagged("core")], kind=LEFT) == ""
    assert "differs from" in refused(store, [tagged("lesser")], by=EVE, kind=LEFT)
    assert refused(store, [tagged("lesser")], by=EVE) == "", "on her own screen it is the first"
    assert (seen(store, LEFT), seen(store)) == (1, 1)


def test_of_two_at_the_same_moment_one_is_refused(store: Store) -> None:
    ready, told = threading.Barrier(2), []

    def one(by: audit.Actor, cohort: Definition) -> None:
        ready.wait()
        told.append(refused(store, [cohort], by=by, kind=LEFT))

    threads = [threading.Thread(target=one, args=args) for args in ((DANA, tagged("core")), (EVE, tagged("lesser")))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(bool, told)) == [False, True]


def test_outside_ten_are_few(store: Store) -> None:
    assert refused(store, [tagged("rare")]) == ""
    assert "This cohort has under 11 patients" in refused(store, [tagged("rare")], kind=LEFT)
    assert refused(store, [tagged("some")], kind=LEFT) == ""


def test_a_day_is_a_filter_unless_it_passes_by_itself(empty_store: Path) -> None:
    """Three were treated five days ago. Two days that are chosen tell them apart; a week that goes by doesn't count."""
    today, facts, store = datetime.now(UTC).date(), Facts(), open_store(empty_store)
    facts.clinic()
    for turn in range(33):
        facts.patient(f"p{turn}")
        facts.episode(f"e{turn}", f"p{turn}", performed_on=today - timedelta(400 if turn < 30 else 5))
    facts.write(store)
    week_ago = today - timedelta(8)
    assert refused(store, [EVERYBODY], as_of=week_ago) == ""
    assert "differs from" in refused(store, [EVERYBODY], as_of=today)
    with store.write() as cursor:  # as if it was looked at then
        cursor.execute("update cohort_release set released_at = as_of")
    assert refused(store, [EVERYBODY], as_of=today) == ""
    store.close()


def test_what_two_groups_share_is_left_out_of_both(store: Store) -> None:
    cohorts = [Definition.of({"tag": ["core"]}), Definition.of({"tag": ["lesser"]})]
    assert "Without those whom another group holds" in refused(store, cohorts)


def test_everything_is_checked_within_the_clinics_of_whoever_asks(store: Store) -> None:
    assert refused(store, [WOMEN, MEN], clinics=("elsewhere",)) == "", "nobody is nobody in particular"
    assert check(store, [EVERYBODY], DAY, clinics=("c1",))[0].definition == EVERYBODY


GROUPS = st.lists(st.sets(st.integers(0, 11)), min_size=1, max_size=5)


def sums(groups: Sequence[set[int]]) -> Iterator[dict[int, int]]:
    """Every sum and difference of the groups, each up to twice: what a patient somebody would try by hand."""
    for times in np.ndindex(*(5,) * len(groups)):
        total: dict[int, int] = {}
        for group, turn in zip(groups, times, strict=True):
            for one in group:
                total[one] = total.get(one, 0) + turn - 2
        yield {one: number for one, number in total.items() if number}


@settings(max_examples=60, deadline=None)
@given(GROUPS, st.integers(1, 3))
def test_what_can_be_added_and_subtracted_to_one_patient_is_seen(groups: list[set[int]], limit: int) -> None:
    arrays = [np.array(sorted(group), np.uint64) << np.uint64(OF_EPISODE) for group in groups]
    found = told_apart([], arrays, limit)
    kinds: dict[tuple[bool, ...], set[int]] = {}
    for one in set().union(*groups):
        kinds.setdefault(tuple(one in group for group in groups), set()).add(one)
    alone = [set(left) for left in sums(groups) if set(left) in list(kinds.values()) and len(left) <= limit]
    assert found or not alone


def test_how_two_groups_differ() -> None:
    one, other = np.array([1, 2, 3, 9], np.uint64), np.array([2, 3, 4], np.uint64)
    assert apart(one << np.uint64(OF_EPISODE), other << np.uint64(OF_EPISODE)) == (2, 1)
    assert apart(one, other) == (1, 1), "four procedures of one patient"


def test_what_the_clinics_page_shows_counts_as_seen(empty_store: Path) -> None:
    """January's 30 patients stand there as a month: January but for its last two days, in which 3 were treated, not."""
    facts, opened = Facts(), open_store(empty_store)
    facts.clinic()
    for turn in range(120):
        month, day = turn // 30 + 1, 31 if turn % 30 < 3 else 1 + turn % 30% 20
        facts.patient(f"p{turn}")
        facts.episode(f"e{turn}", f"p{turn}", performed_on=date(2026, month, min(day, 28 if month == 2 else 30)))
    facts.write(opened)
    january = Definition.of({"performed_on": {"from": "2026-01-01", "to": "2026-01-31"}})
    most_of_it = Definition.of({"performed_on": {"from": "2026-01-01", "to": "2026-01-29"}})
    assert "that the Clinics page shows" in refused(opened, [most_of_it])
    assert refused(opened, [january]) == ""
    assert refused(opened, [most_of_it], by=EVE, kind=LEFT) == "", "no file has the months"
    opened.close()


def test_figures_are_of_procedures_so_these_are_traced(store: Store, empty_of_module: Path) -> None:
    """Without the second procedure of p3 the patients are the same: what came of it could be told all the same."""
    assert "Tag leaves out under 5 patients" in refused(store, [tagged("core", "edge")])
    opened, facts = open_store(empty_of_module), Facts()
    facts.clinic()
    for turn in range(60):
        facts.patient(f"p{turn}")
        facts.episode(f"e{turn}", f"p{turn}", performed_on=date(2024 if turn < 30 else 2025, 5 + turn % 2, 1))
    for turn in range(3):  # in both years: each procedure is in one alone, so the sum of the two years is that of all
        facts.episode(f"again{turn}", f"p{turn}", performed_on=date(2025, 5, 9 + turn))
    facts.write(opened)
    year = Definition.of({"performed_on": {"from": "2025-01-01", "to": "2025-12-31"}})
    assert refused(opened, [year, others(year)]) == ""
    opened.close()


def test_two_instants_tell_nobody_who_was_entered_between_them(store: Store) -> None:
    """Three women come in: as it was known before, the women are three fewer."""
    before, facts, at = datetime(2026, 6, 1), Facts(), "2026-06-02 00:00:00"
    for turn in range(3):
        facts.patient(f"new{turn}", sex="female", birth_date="1950-01-01")
        facts.episode(f"new{turn}", f"new{turn}", tags="core", surgeon="Dr A")
    for row in [row for rows in facts.rows.values() for row in rows]:
        row["recorded_at"] = at
    facts.write(store)
    past = Past(before, as_known(store, before), partial(as_known, store))
    assert len(members(past.store.cursor(), WOMEN, DAY)) == len(members(store.cursor(), WOMEN, DAY)) - 3
    assert refused(store, [WOMEN, MEN]) == ""
    assert "As it was known then" in refused(store, [WOMEN, MEN], past=past)
    now = datetime.now(UTC).replace(tzinfo=None)
    same = Past(now, as_known(store, now), partial(as_known, store))
    assert refused(store, [WOMEN, MEN], past=same) == "", "nothing has changed since"


def test_days_that_pass_leave_two_rows_and_more_groups_push_the_oldest_out(store: Store) -> None:
    """A year of mornings is the first and the last; what is kept is bounded, for each account by itself."""
    first = datetime(2025, 12, 1, 9)
    for turn in range(30):
        refused(store, [WOMEN, MEN], as_of=first.date() + timedelta(turn))
        with store.write() as cursor:
            cursor.execute("update cohort_release set released_at = as_of + interval 9 hour")
    rows = remembered.earlier(store, DANA.key, SEEN)
    assert {one.at.date() for one in rows} == {date(2025, 12, day) for day in (1, 29, 30)}, "the 29th goes next"
    for turn in range(remembered.most()):
        view = check(store, [Definition.of({"age": {"from": 10 + turn}})], date(2000, 1, 1))
        remembered.keep(store, DANA.key, SEEN, view)
    kept = remembered.earlier(store, DANA.key, SEEN)
    assert len({one.identity for one in kept}) == remembered.most()
    assert WOMEN not in {one.view.definition for one in kept}


@pytest.mark.attack(56)
def test_an_account_looks_at_so_many_new_groups_a_day(store: Store) -> None:
    """Else whoever makes up a hundred harmless ones would have the telling one forgotten."""
    views = [check(store, [Definition.of({"age": {"from": turn}})], date(2000, 1, 1)) for turn in range(1, 201)]
    for view in views[: remembered.a_day() - 2]:
        remembered.keep(store, DANA.key, SEEN, view)
    assert refused(store, [WOMEN, MEN]) == ""
    assert "different groups within a day" in refused(store, [EVERYBODY])
    assert refused(store, [WOMEN, MEN], as_of=DAY - timedelta(1)) != "", "another day that is chosen is another group"
    assert refused(store, [WOMEN, MEN]) == "", "what was seen may be seen again"
    assert refused(store, [EVERYBODY], by=EVE) == ""
    with store.write() as cursor:
        cursor.execute("update cohort_release set released_at = released_at - interval 25 hour")
    assert refused(store, [EVERYBODY]) == ""


@pytest.mark.attack(56)
def test_what_passed_is_judged_anew_when_the_data_change(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """All but three of the core turn out to be of the edge: what was 80 is three now, and on record it stays once."""
    assert refused(store, [tagged("core")]) == ""
    with store.write() as cursor:
        cursor.execute("update episode set tags = 'edge' where tags like '%core%' and tags not like '%few%'")
    assert refused(store, [tagged("core")]) == "", "not each time that anything is stored"
    monkeypatch.setattr(release, "AGAIN", 0.0)
    assert "This cohort has under 5 patients" in refused(store, [tagged("core")])
    assert seen(store) == 1


@pytest.mark.attack(56)
def test_what_was_looked_at_in_the_past_is_there_after_a_restart(store: Store) -> None:
    """As known on three mornings, a woman more each day: two of them tell of one."""
    for turn in range(12):
        facts = Facts()
        facts.patient(f"new{turn}", sex="female", birth_date="1950-01-01")
        facts.episode(f"new{turn}", f"new{turn}", tags="core", surgeon="Dr A")
        for row in [row for rows in facts.rows.values() for row in rows]:
            row["recorded_at"] = f"2026-06-{turn + 1:02} 00:00:00"
        facts.write(store)

    def then(day: int, opened: Store) -> Past:
        instant = datetime(2026, 6, day, 12)
        return Past(instant, as_known(opened, instant), partial(as_known, opened))

    assert refused(store, [WOMEN, MEN], past=then(3, store)) == ""
    store.close()
    again = open_store(store.path)
    assert "As it was known then" in refused(again, [WOMEN, MEN], past=then(4, again))
    assert refused(again, [WOMEN, MEN], past=then(3, again)) == "", "the same again"
    again.close()
