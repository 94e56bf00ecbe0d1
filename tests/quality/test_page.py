"""The Data quality page: who may know what, what it says when there is nothing, and a row that opens the fix."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from plumbline import sql
from plumbline.errors import NotAllowed, NotFound
from plumbline.store import Store, open_store
from plumbline.web import cache
from plumbline.web.quality import data
from plumbline.web.quality import words as quality_words
from plumbline.web.server import modes, serving
from plumbline.web.ui import Context
from tests.conftest import Served, resting_box, start
from tests.facts import Facts
from tests.quality.planted import AS_OF, planted, sound

pytestmark = pytest.mark.slow
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def served(empty_store: Path) -> Iterator[Callable[[Facts], Store]]:
    """Takes facts into a store that the web layer then takes for the served one, in the demo."""
    opened: list[Store] = []

    def one(facts: Facts) -> Store:
        opened.append(open_store(empty_store))
        facts.write(opened[0])
        opened[0].set_meta("synthetic", "true")
        serving._process.store, serving._process.settings = opened[0], modes.Settings("demo", empty_store)
        return opened[0]

    yield one
    serving._process.store = serving._process.settings = None
    cache.shared().clear()
    for store in opened:
        store.close()


def look(role: str) -> AppTest:
    app = AppTest.from_file(str(sql.ROOT / "pages" / "quality.py"), default_timeout=60)
    app.query_params["role"] = role
    app.query_params["as_of"] = AS_OF.isoformat()
    return app.run()


def told(app: AppTest) -> str:
    words = [one.value for kind in (app.header, app.subheader, app.markdown) for one in kind]
    return " ".join([*words, *(frame.value.to_csv() for frame in app.dataframe)])


def ctx(store: Store, role: str) -> Context:
    return Context(store, "demo", role, AS_OF, "light", f"demo {role}")


def test_the_page_says_how_much_there_is_and_of_how_many(served: Callable[[Facts], Store]) -> None:
    served(planted())
    app = look("specialist")
    assert not app.exception
    assert app.header[0].value.startswith("22 things to look at in 20 patients; four can hurt")
    checks, rows = app.dataframe[0].value, app.dataframe[1].value
    assert list(checks["things"]) == [1] * 22
    assert list(checks["said"])[:4] == ["▲ can hurt"] * 4
    assert all(re.fullmatch(r"of \d+ [a-z]+", words) for words in checks["of_words"])
    assert list(rows["patient_id"]) == ["p01"]


def test_nothing_found_and_nobody_here_are_said_apart(served: Callable[[Facts], Store]) -> None:
    served(sound())
    assert look("specialist").header[0].value.startswith("Nothing found: 22 checks, 3 patients")


def test_an_empty_store_says_what_comes_first(served: Callable[[Facts], Store]) -> None:
    served(Facts())
    said = told(look("specialist"))
    assert "Nothing found: 22 checks, 0 patients" in said
    assert "bring your patients in" in said


def test_a_manager_sees_counts_and_no_person(served: Callable[[Facts], Store]) -> None:
    served(planted())
    said = told(look("clinic_manager"))
    assert "22 things to look at" in said
    assert re.findall(r"Person\d|Given\d|Anna|Berta|\bp\d\d\b", said) == []


def test_who_may_not_list_gets_no_row_however_it_is_asked_for(served: Callable[[Facts], Store]) -> None:
    store = served(planted())
    for role in ("clinic_manager", "nobody"):
        with pytest.raises(NotAllowed):
            data.rows(ctx(store, role), "no_baseline", None)
        with pytest.raises(NotAllowed):
            data.row_file(ctx(store, role), "no_baseline", "No baseline", None)
    with pytest.raises(NotAllowed):
        data.total(ctx(store, "nobody"), None)
    with pytest.raises(NotFound):
        data.rows(ctx(store, "specialist"), "no_such_check", None)
    assert len(data.rows(ctx(store, "data_steward"), "no_baseline", None)) == 1


def test_one_clinic_is_its_own_and_all_clinics_are_their_sum(served: Callable[[Facts], Store]) -> None:
    seen = ctx(served(planted()), "specialist")
    whole = data.total(seen, None)
    parts = [data.total(seen, clinic) for clinic in ("c1", "c2", "c3")]
    for name in ("things", "patients", "hurting", "patients_checked"):
        assert sum(part[name] for part in parts) == whole[name]
    assert list(data.rows(seen, "unit_drift", "c2")["clinic"]) == ["Clinic c2"]
    assert data.rows(seen, "unit_drift", "c1").empty


def test_a_file_starts_no_formula_and_names_where_to_fix(served: Callable[[Facts], Store]) -> None:
    facts = sound()
    facts.person("p40", levels=(), patient={"given_name": FORMULA, "family_name": "Two"})
    seen = ctx(served(facts), "specialist")
    text = data.row_file(seen, "levels_missing", "Treated levels missing", None).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    assert row["Patient"] == f"'{FORMULA} Two"
    assert (row["Check"], row["Patient id"]) == ("Treated levels missing", "p40")
    assert row["Where to fix it"] == "the clinic's file, brought in again"
    counts = data.count_file(seen, None).decode("utf-8-sig")
    assert "p40" not in counts
    assert len(counts.splitlines()) == 23


@pytest.mark.parametrize(
    ("things", "patients", "hurting", "said"),
    [
        (12, 9, 3, "Twelve things to look at in nine patients; three can hurt"),
        (1, 1, 1, "One thing to look at in one patient; one can hurt"),
        (1, 0, 0, "One thing to look at; none can hurt"),
        (1204, 30, 0, "1,204 things to look at in 30 patients; none can hurt"),
        (0, 0, 0, "Nothing found: 22 checks, 1,204 patients"),
    ],
)
def test_the_headline_is_a_sentence(things: int, patients: int, hurting: int, said: str) -> None:
    given = {"things": things, "patients": patients, "hurting": hurting, "checks": 22, "patients_checked": 1204}
    assert quality_words.title(given) == said


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served-quality")
    store = open_store(folder / "planted.duckdb")
    planted().write(store)
    store.set_meta("synthetic", "true")
    store.close()
    running = start(folder / "planted.duckdb", "demo", folder / "server.log")
    yield running
    running.stop()


def choose_row(page: Page, table: int, row: int) -> None:
    box = resting_box(page.locator("[data-testid=stDataFrame]").nth(table).locator("canvas").first)
    page.mouse.click(box["x"] + 17, box["y"] + 17 + 33 * row)


@pytest.mark.browser
def test_a_check_is_chosen_and_its_row_opens_the_patient(app: Served, page: Page) -> None:
    page.goto(f"{app.url}/quality?role=specialist&as_of={AS_OF}")
    expect(page.get_by_role("heading", name="22 things to look at in 20 patients")).to_be_visible()
    expect(page.get_by_role("heading", name="Dead, but something came later")).to_be_visible()
    choose_row(page, 0, 2)
    expect(page.get_by_role("heading", name="Impossible value")).to_be_visible()
    button = page.get_by_role("button", name="Download CSV")
    expect(button).to_have_count(1)  # while the page is drawn anew, the old one is still there
    resting_box(button)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    with page.expect_download() as got:
        button.click()
    assert "Back pain of 11 lies outside 0 to 10." in got.value.path().read_text(encoding="utf-8-sig")
    choose_row(page, 1, 1)
    expect(page.get_by_text("Given2 Person2")).to_be_visible()
    assert "/patient?" in page.url
