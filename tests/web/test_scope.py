"""Whoever looks after some clinics sees, counts, finds and enters nothing of another, whatever is asked, and how."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plumbline import flag_runs, flags, sql, summary, worklist
from plumbline.entry import drafts
from plumbline.entry.drafts import Place
from plumbline.entry.record import save, undo
from plumbline.entry.steps import Add, Correct, Retract
from plumbline.errors import NotAllowed, NotFound, PlumblineError
from plumbline.flags import Flag
from plumbline.known import as_known
from plumbline.store import Store, open_store
from plumbline.web import cache
from plumbline.web.asking import ABOUT_ALL, ABOUT_ONE, Context
from plumbline.web.cohorts import data as cohorts
from plumbline.web.cohorts.asked import Asked
from plumbline.web.followups import data as followups
from plumbline.web.quality import data as quality
from plumbline.web.server import modes, serving
from tests import sql_contract as contract
from tests.facts import Facts, day

OURS, THEIRS = "o'clinic \"ü\"", "b') or ('1'='1"
TODAY = day(40)
PAGES = [*(sql.ROOT / "plumbline" / "web").rglob("*.py"), *(sql.ROOT / "pages").glob("*.py")]
ABOUT_NOBODY = {
    "account/known_clinic", "audit/head", "audit/kind_by_event", "entry/choice_by_list", "entry/field_by_note_kind",
    "entry/goal_status_by_place", "flag/answer_by_action", "flag/threshold_by_name", "followup/outcome_by_turn",
    "compare/covariate_by_turn", "compare/instrument_of_question", "compare/outcome_by_order", "compare/value_by_name",
    "protocol/row_by_timeline", "web/action_by_role", "web/time_zone_by_clinic",
}  # fmt: skip
"""Rules, words and zones: no person and no count of any is in them. Everything of the topic reference is, too."""
NEVER_SHOWN = {
    "known/patient_by_key",  # whose an address is, to put on record that it was asked for; course_of_key shows it
}


def asked_by_pages() -> set[str]:
    """Every query file that plumbline/web or a page names."""
    names = set(contract.names())
    return {text for file in PAGES for text in contract.strings(file) if text in names}


def params(name: str) -> set[str]:
    return {param.name for param in sql.load(name).params}


def scoped() -> list[str]:
    """The narrowed reads of pages; accounts, signatures, the record, imports and changes have tests of their own."""
    elsewhere = ("account/", "audit/", "import/", "protocol/", "entry/course_in_scope", "settings/change_by_clinic")
    names = (name for name in asked_by_pages() if "clinics" in params(name) and not sql.load(name).writes)
    return sorted(name for name in names if not name.startswith(elsewhere))


def test_every_question_of_a_page_is_narrowed_or_about_one_or_about_nobody() -> None:
    """A new query of a page has `$clinics`, or is about one course or patient, which `Context` checks."""
    open_ones = set()
    for name in asked_by_pages():
        text = (sql.QUERIES / f"{name}.sql").read_text(encoding="utf-8")
        is_fed = "\n-- frame " in text  # of a frame that a narrowed query gave
        is_check = name in quality.CHECKS.values()  # shown by quality/row_of_found alone, which is narrowed
        if not ({"clinics"} | ABOUT_ONE.keys()) & params(name) and not is_fed and not is_check:
            open_ones.add(name)
    expected = ABOUT_NOBODY | NEVER_SHOWN | {name for name in asked_by_pages() if name.startswith("reference/")}
    assert open_ones <= expected, open_ones - expected


def test_no_page_asks_beside_its_context() -> None:
    for file in PAGES:
        if file.name not in {"asking.py", "cache.py", "instant.py", "serving.py", "told.py", "ui.py", "who.py"}:
            text = file.read_text(encoding="utf-8")
            assert not [one for one in ("cache.shared()", "cache.large()") if one in text], file.name


def test_no_page_leaves_the_clinics_open() -> None:
    """Where a page asks by a cursor of its own, it gives the clinics of whoever asks."""
    for file in PAGES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "clinics":
                assert not isinstance(node.value, ast.Constant), f"{file.name}:{node.value.lineno}"


def people(clinic: str, letter: str) -> Facts:
    """Six patients of one clinic: well, slower, worse again, in danger, silent, and one before the procedure."""
    facts = Facts()
    facts.clinic(clinic, name=f"Clinic {letter}", amber_budget=30.0)
    courses = {
        "well": {-3: 8, 7: 3, 14: 2, 28: 1}, "slow": {-3: 8, 7: 8, 14: 8, 21: 8, 28: 8},
        "worse": {-3: 8, 7: 3, 12: 3, 17: 3, 22: 3, 27: 7, 32: 8}, "danger": {-3: 8, 7: 5},
        "silent": {}, "before": {38: 7},
    }  # fmt: skip
    for turn, (name, scores) in enumerate(courses.items()):
        patient, episode = f"{letter}-{name}", f"{letter}-e-{name}"
        is_twin = name in ("well", "silent")  # one person, by the look of it: within a clinic, and of both
        facts.patient(
            patient, clinic_id=clinic, phone=f"555-01{turn:02}", given_name="Ada",
            family_name="Example Twin" if is_twin else f"Example{letter * 3}",
            birth_date="1950-02-03" if is_twin else f"19{40 + turn}-0{turn + 1}",
        )  # fmt: skip
        if name != "before":
            facts.episode(episode, patient, surgeon=f"Dr {letter.upper()}{turn % 2}")
        for on, value in scores.items():
            facts.score(on, value, patient, episode_id=None if name == "before" else episode)
    facts.score(7, 99, f"{letter}-well", instrument="nrs_leg")
    for kind in ("fever_wound", "calf"):
        facts.event(kind, 9, episode_id=f"{letter}-e-danger", patient_id=f"{letter}-danger")
    facts.add(
        "flag_action", patient_id=f"{letter}-danger", episode_id=f"{letter}-e-danger", rule="red_flag_event",
        subject="calf", on_date=day(10), action="act", answer="called", words=None, owner=None, due_on=None,
    )  # fmt: skip
    facts.milestone("walk_outside", "achieved", 5, f"{letter}-e-well", f"{letter}-well")
    facts.event("new_fracture", 12, episode_id=f"{letter}-e-worse", patient_id=f"{letter}-worse")
    return facts


def ready(path: Path, *parts: Facts) -> Store:
    store = open_store(path)
    for facts in parts:
        facts.write(store)
    flag_runs.refresh(store)
    worklist.make_ready(store, TODAY)
    return store


@pytest.fixture(scope="module")
def stores(empty_of_module: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """A store with both clinics, and one in which the other has never been."""
    alone = tmp_path_factory.mktemp("alone") / "alone.duckdb"
    alone.write_bytes(empty_of_module.read_bytes())
    ours = people(OURS, "a")
    made = ready(empty_of_module, ours, people(THEIRS, "b")), ready(alone, ours)
    yield made
    for store in made:
        store.close()


@pytest.fixture
def both(stores: tuple[Store, Store]) -> Store:
    return stores[0]


def ctx(store: Store, clinics: tuple[str, ...] | None = (OURS,), role: str = "specialist") -> Context:
    return Context(store, "oidc", role, TODAY, "light", "u1", clinics)


GIVEN: dict[str, Any] = {
    "as_of": TODAY, "from_on": day(-40), "most": 1000, "deepest": 1000, "state": "missed", "column": "raised",
    "threshold": "new_problem_rise", "value": 3.0, "find": "exam", "with_keys": True,
    "keys": "key-a-e-slow,key-b-e-slow", "instrument": "nrs_back",
}  # fmt: skip


def answer(store: Store, name: str, clinics: tuple[str, ...] | None, **more: Any) -> list[dict[str, Any]]:
    given = {one: GIVEN.get(one) for one in params(name)} | {"clinics": clinics} | more
    cursor = store.cursor()
    if "\n-- frame " in (sql.QUERIES / f"{name}.sql").read_text(encoding="utf-8"):
        checks = {"as_of": TODAY, "episode_id": None, "clinics": None}  # more than it may see, on purpose
        cursor.register("found_row", sql.ask(cursor, "quality/found_by_check", **checks))
        everybody = sql.ask(cursor, "cohort/trait_by_episode", clinics=None)[["episode_id"]]
        cursor.register("chosen", everybody.assign(number=range(len(everybody))))
    return sql.rows(cursor, name, **given)


ONE_BY_ONE = {"patient/course_of_key": "key", "patient/neighbours_of_course": "current"}


@pytest.mark.parametrize("name", scoped())
def test_the_answer_for_one_clinic_is_that_of_a_store_in_which_the_other_has_never_been(
    stores: tuple[Store, Store], name: str
) -> None:
    two, alone = stores
    asked: list[dict[str, Any]] = [{}]
    if name in ONE_BY_ONE:
        kind = "key-{}-e-{}" if name.endswith("key") else "{}-e-{}"
        asked = [{ONE_BY_ONE[name]: kind.format(*who)} for who in (("a", "slow"), ("a", "well"), ("b", "slow"))]
    everything = [answer(two, name, None, **given) for given in asked]
    ours = [answer(two, name, (OURS,), **given) for given in asked]
    assert ours == [answer(alone, name, None, **given) for given in asked]
    assert ours != everything, "the other clinic has something of it, too"
    assert [answer(two, name, (OURS, THEIRS), **given) for given in asked] == everything
    nobody = [row for given in asked for row in answer(two, name, (), **given)]
    assert not any(mark in str(nobody) for mark in ("a-", "b-", "Example", "Clinic", "Dr "))
    assert not any(mark in str(ours) for mark in (THEIRS, "b-", "Examplebbb", "Clinic b", "Dr B"))


def test_a_course_of_another_clinic_is_refused_whichever_question_names_it(both: Store) -> None:
    mine = ctx(both)
    for name in sorted(asked_by_pages()):
        for param, kind in ABOUT_ONE.items():
            if param in params(name) and name not in ABOUT_ALL and not sql.load(name).writes:
                theirs = {"episode_id": "b-e-slow", "patient_id": "b-slow"}[kind]
                given = {one: GIVEN.get(one) for one in params(name) if one != "clinics"} | {param: theirs}
                with pytest.raises(NotAllowed):
                    mine.arrow(name, **given)
                if "clinics" not in params(name):  # nobody in particular would be everybody
                    with pytest.raises(NotAllowed):
                        mine.ask(name, **(given | {param: None}))


def test_groups_of_a_comparison_hold_people_of_the_own_clinic_alone(both: Store) -> None:
    mine, everybody = ctx(both), ctx(both, None)
    assert set(cohorts.options(mine)["clinic"]) == {OURS}
    assert set(cohorts.options(everybody)["clinic"]) == {OURS, THEIRS}
    with pytest.raises(PlumblineError, match="no such clinic"):
        cohorts.cohorts(mine, Asked(by="clinic", group=THEIRS))
    groups = cohorts.cohorts(everybody, Asked(by="clinic", group=THEIRS))
    asked = Asked(by="clinic", group=THEIRS, against=())
    assert [group.episodes for group in cohorts.whole(everybody, asked, groups).groups] == [5, 5]
    assert [group.episodes for group in cohorts.whole(mine, asked, groups).groups] == [0, 5]


@pytest.mark.attack(20)
def test_clinics_can_be_neither_given_nor_shared_by_what_is_kept(both: Store) -> None:
    """Attack 20: what was worked out for one clinic is never the answer for another."""
    with pytest.raises(PlumblineError):
        ctx(both).ask("worklist/choice_by_filter", clinics=None)
    found = {who: ctx(both, who).made("words", lambda who=who: who) for who in (None, (OURS,), (THEIRS,), ())}
    assert found == {who: who for who in found}
    frames = [set(ctx(both, who).ask("followup/phone_by_patient", patient_id=None)["patient_id"].str[0])
              for who in ((OURS,), (THEIRS,), None, ())]  # fmt: skip
    assert frames == [{"a"}, {"b"}, {"a", "b"}, set()]


def test_data_functions_of_the_pages_give_and_count_people_of_the_own_clinic(both: Store) -> None:
    mine, everybody = ctx(both), ctx(both, None)
    assert set(followups.calls(mine, followups.Asked())["patient_id"].str[0]) == {"a"}
    assert followups.total(mine, None)["open_visits"] < followups.total(everybody, None)["open_visits"]
    assert followups.calls(mine, followups.Asked(clinic_id=THEIRS)).empty
    assert b"Examplebbb" not in followups.file(mine, followups.Asked())
    assert quality.total(mine, None)["patients_checked"] == 6
    assert quality.total(mine, THEIRS)["patients_checked"] == 0
    assert set(quality.clinics(mine)) == {OURS}
    for code in quality.CHECKS:
        told = quality.rows(mine, code, None).to_csv() + quality.rows(mine, code, THEIRS).to_csv()
        assert not any(mark in told for mark in ("b-", "Examplebbb", "Clinic b"))
    assert len(quality.rows(everybody, "two_clinics", None)) == 1
    assert quality.rows(mine, "two_clinics", None).empty
    for call in (followups.phone, lambda who, one: followups.questions(who, one.replace("b-", "b-e-"))):
        with pytest.raises(NotAllowed):
            call(mine, "b-slow")


def test_nothing_is_entered_corrected_undone_answered_or_begun_for_another_clinic(empty_store: Path) -> None:
    store = ready(empty_store, people(OURS, "a"), people(THEIRS, "b"))
    mine: dict[str, Any] = {"clinics": (OURS,)}
    score = {"instrument": "nrs_back", "value": 4, "status": "done", "moment_on": day(20)}
    entry = save(store, "u2", "b-e-slow", [Add("score", score)], confirmed=Everything())
    (kept,) = entry.fact_ids
    flag = next(one for one in flags.of_course(store, "b-e-danger", TODAY) if one["subject"] == "fever_wound")
    meant = [Flag("b-e-danger", flag["rule"], flag["subject"], flag["raised_on"])]
    place = Place("u1", "b-e-slow", "score")

    def all_rows() -> list[Any]:
        tables = ("change", "score", "flag_action", "event", "draft")
        return [store.cursor().execute(f"select * from {table} order by all").fetchall() for table in tables]

    before = all_rows()
    for attempt in (
        lambda: save(store, "u1", "b-e-slow", [Add("score", score | {"moment_on": day(21)})], **mine),
        lambda: save(store, "u1", "b-e-slow", [Correct("score", str(kept), {"value": 5})], why="x", **mine),
        lambda: save(store, "u1", "a-e-slow", [Correct("score", str(kept), {"value": 5})], why="x", **mine),
        lambda: save(store, "u1", "b-e-slow", [Retract("score", str(kept))], why="x", **mine),
        lambda: undo(store, "u1", entry.entry_id, **mine),
        lambda: flags.answer(store, "u1", meant, TODAY, "acknowledge", **mine),
        lambda: flags.reopen(store, "u1", meant, TODAY, "again", **mine),
        lambda: drafts.keep(store, place, {"value:nrs_back": 4}, **mine),
        lambda: drafts.throw_away(store, place, **mine),
        lambda: save(store, "u1", "b-e-slow", [Add("score", score | {"moment_on": day(21)})], clinics=()),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert all_rows() == before
    save(store, "u1", "a-e-slow", [Add("score", score)], confirmed=Everything(), **mine)
    undo(store, "u1", entry.entry_id, clinics=(OURS, THEIRS))
    store.close()


class Everything(frozenset[str]):
    """Every finding is meant."""

    def __contains__(self, _key: object) -> bool:
        return True


@pytest.fixture
def served(empty_store: Path) -> Iterator[Store]:
    """An open store that the web layer takes for the served one."""
    opened = ready(empty_store, people(OURS, "a"), people(THEIRS, "b"))
    serving._process.store, serving._process.settings = opened, modes.Settings("local", empty_store)
    yield opened
    serving._process.store = serving._process.settings = None
    cache.shared().clear()
    opened.close()


def patient() -> None:
    """Run inside a session: what the Patient page does with the key in its address."""
    import streamlit as st

    from plumbline.web.asking import Context
    from plumbline.web.patient import view as patient_view
    from plumbline.web.server import serving

    st.navigation([st.Page(patient_view.WORKLIST, default=True)], position="hidden")
    today, clinics = st.session_state["today"], st.session_state["clinics"]
    who = Context(serving.store(), "oidc", "specialist", today, "light", "u1", clinics)
    found = patient_view.course_of(who, patient_view.key_asked())
    st.text(f"found {found and found['episode_id']}")


def opened(key: str, clinics: tuple[str, ...] | None) -> str:
    app = AppTest.from_function(patient, default_timeout=30)
    app.query_params["episode"] = key
    for name, value in {"clinics": clinics, "today": TODAY}.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception
    return " ".join(one.value for one in [*app.header, *app.markdown, *app.text])


def on_record(store: Store) -> list[tuple[Any, ...]]:
    cursor = store.cursor()
    return cursor.execute("select event, object_key, result from audit_event order by seq").fetchall()


def test_the_address_of_another_clinics_patient_leads_to_nobody_and_is_on_record(served: Store) -> None:
    assert "found a-e-slow" in opened("key-a-e-slow", (OURS,))
    assert on_record(served) == []
    said = opened("key-b-e-slow", (OURS,))
    assert "No such patient" in said
    assert "found None" in said
    assert on_record(served) == [("access_denied", "key-b-e-slow", "denied")]
    assert said == opened("key-of-nobody", (OURS,))
    assert len(on_record(served)) == 1
    assert "found b-e-slow" in opened("key-b-e-slow", None)
    assert "found b-e-slow" in opened("key-b-e-slow", (THEIRS, OURS))


def test_who_has_moved_to_another_clinic_is_no_longer_seen_in_the_past_either(
    copy_demo_store: Callable[[Path], Path], tmp_path: Path
) -> None:
    """A patient is whose they are now, whatever instant the address asks for."""
    store = open_store(copy_demo_store(tmp_path / "demo.duckdb"))
    before = datetime.now(UTC)
    cursor = store.cursor()
    patient, old = cursor.execute("select patient_id, clinic_id from episode_summary order by all limit 1").fetchone()
    (new,) = cursor.execute("select min(clinic_id) from clinic where clinic_id <> ?", [old]).fetchone()
    with store.write() as write:
        at = store.stamp()
        write.execute(
            "insert into patient by name select * replace (? as clinic_id, ? as recorded_at, patient_row_id || 'x' as "
            "patient_row_id) from patient where patient_id = ? and retracted_at is null", [new, at, patient],
        )  # fmt: skip
        write.execute(
            "update patient set retracted_at = ? where patient_id = ? and clinic_id = ? and retracted_at is null",
            [at, patient, old],
        )
        summary.refresh(write, [patient])
    past = as_known(store, before)
    for clinic, sees in ((old, False), (new, True)):
        theirs = sql.ask(store.cursor(), "known/patient_of_clinics", clinics=[clinic])["patient_id"]
        assert (patient in set(theirs)) is sees
        ctx = Context(past, "oidc", "specialist", date(2026, 11, 20), "light", "anna", (clinic,))
        assert ctx.sees(patient_id=patient) is sees
    store.close()
