"""What is taken out is all there is, comes back as it was, and de-identified says of nobody who they are."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from plumbline import intake
from plumbline.errors import PlumblineError, StoreError
from plumbline.export.store import LEAST, export
from plumbline.files import sha256
from plumbline.store import Store, open_store
from tests.cli.test_main import ask
from tests.conftest import DEMO_UNTIL
from tests.intake.conftest import BASE, FACTS, Desk
from tests.intake.test_properties import FILES, Rows, written

HOME = {"p1": "north", "p2": "south", "p3": "south", "p9": "north"}
FORMULAS = ["=1+1", "+x", "-3", "@sum", "  =1", "'quoted", "'", "a 'b'", 'say "so"', "two\nlines", "häß; 1,5"]


def quiet(_label: str, _done: int, _total: int) -> None:
    """Nobody looks on."""


def facts(store: Store, without: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    return {
        table: current(store, f"{columns} from {table}") for table, columns in FACTS.items() if table not in without
    }


def current(store: Store, what: str) -> list[Any]:
    return list(store.cursor().execute(f"select {what} where retracted_at is null order by all").fetchall())


@pytest.fixture
def desk(tmp_path: Path, empty_store: Path) -> Iterator[Desk]:
    """A desk whose store knows two clinics, a patient in each and an episode of each."""
    desk = Desk(open_store(empty_store), tmp_path)
    desk.take(BASE)
    yield desk
    desk.store.close()


@pytest.fixture
def demo(demo_original: Path, tmp_path: Path) -> Iterator[Store]:
    store = open_store(shutil.copy(demo_original, tmp_path / "demo.duckdb"))
    yield store
    store.close()


def back(folder: Path, empty_original: Path, to: Path) -> Store:
    """An empty store into which an export was imported; every row was accepted."""
    store = open_store(shutil.copy(empty_original, to))
    result = intake.run(store, [folder])
    assert result.totals["accepted"] == result.totals["rows"], intake.rejects(store.cursor(), result.batch_id)
    return store


@pytest.mark.slow
def test_the_demo_store_comes_back_from_csv_as_it_was(demo: Store, empty_original: Path, tmp_path: Path) -> None:
    export(demo, tmp_path / "out", quiet)
    again = back(tmp_path / "out", empty_original, tmp_path / "again.duckdb")
    assert facts(again, ("note",)) == facts(demo, ("note",))
    plain = "from note where retracted_at is null and coalesce(cardinality(fields), 0) = 0 order by all"
    told = [store.cursor().execute(f"select {FACTS['note']} {plain}").fetchall() for store in (demo, again)]
    assert Counter(told[0]) - Counter(told[1]) == {}
    assert len(facts(again)["note"]) == len(facts(demo)["note"])  # a structured one comes back with its fields as lines
    again.close()


@pytest.mark.slow
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=FILES)
def test_any_import_comes_back_as_it_was(desk: Desk, empty_original: Path, rows: Rows) -> None:
    """Nobody moves to another time zone here: what happens then has a test of its own below."""
    for person in rows["patients"]:
        person["clinic"] = HOME.get(person["patient_id"].strip(), person["clinic"])
    if any(rows.values()):
        desk.take(written(rows), replace=True)
    out = desk.folder / f"out{desk._count}-{len(list(desk.folder.iterdir()))}"
    export(desk.store, out, quiet)
    again = back(out, empty_original, out.with_suffix(".duckdb"))
    assert facts(again) == facts(desk.store)
    again.close()


def test_who_moved_to_another_time_zone_keeps_every_instant_and_comes_back_on_the_new_clinics_day(
    desk: Desk, empty_original: Path, tmp_path: Path
) -> None:
    """A known limit: a file says the instant, and its day is that of the clinic which the patient is of by then."""
    # in Berlin: 1:30 UTC, which is still 7 March in New York
    desk.take({"events.csv": "episode_id,kind,on\ne2,fall,2026-03-08T02:30\n"})
    desk.take({"patients.csv": "patient_id,birth_date,sex,clinic\np2,1950,male,north\n"}, replace=True)
    export(desk.store, tmp_path / "out", quiet)
    again = back(tmp_path / "out", empty_original, tmp_path / "again.duckdb")
    told = [current(store, "happened_on, happened_at from event")[0] for store in (desk.store, again)]
    assert told[0] == (date(2026, 3, 8), datetime(2026, 3, 8, 1, 30))
    assert told[1] == (date(2026, 3, 7), told[0][1])
    again.close()


def test_text_that_looks_like_a_formula_comes_back_letter_for_letter(
    desk: Desk, empty_original: Path, tmp_path: Path
) -> None:
    where = {"episode_id": "e1", "written_at": "2026-01-06", "kind": "call"}
    notes = pd.DataFrame({"text": FORMULAS, "author": FORMULAS, **where})
    desk.take({"notes.csv": notes.to_csv(index=False)})
    assert len(desk.rows("note", "text")) == len(FORMULAS)
    export(desk.store, tmp_path / "out", quiet)
    for path in (tmp_path / "out").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for cell in (cell for line in csv.reader(file) for cell in line if cell.strip()):
                is_number = cell.replace(".", "").removeprefix("-").isdigit()
                assert is_number or not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t")), (path.name, cell)
    again = back(tmp_path / "out", empty_original, tmp_path / "again.duckdb")
    assert facts(again) == facts(desk.store)
    again.close()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_table_is_there_with_its_rows_and_hashes(desk: Desk, tmp_path: Path, form: str) -> None:
    desk.scores("p1,2026-01-06,nrs_back,7")
    desk.scores("p1,2026-01-06,nrs_back,6", replace=True)
    told = {}
    for name in ("now", "all"):
        told[name] = export(desk.store, tmp_path / name, quiet, form=form, history=name == "all")
    for name, scores in (("now", 1), ("all", 2)):
        folder = tmp_path / name
        manifest = json.loads((folder / "manifest.json").read_text())
        assert manifest["files"] == told[name]["files"]
        assert manifest["files"][f"tables/score.{form}"]["rows"] == scores
        beside = {path.name for path in folder.iterdir() if path.suffix != ".csv"}
        assert beside == {"README.txt", "manifest.json", "tables"}
        for file, said in manifest["files"].items():
            read = duckdb.sql(f"select count(*) from '{folder / file}'").fetchall()[0]
            assert (read, sha256(folder / file)) == ((said["rows"],), said["sha256"]), file
    assert desk.store.cursor().execute("select count(*) from duckdb_tables()").fetchone()[0] == len(
        [name for name in told["now"]["files"] if name.startswith("tables/")]
    )
    read = pd.read_parquet if form == "parquet" else pd.read_csv
    assert list(read(tmp_path / "now" / "tables" / f"score.{form}")["value"]) == [6.0]


def test_a_folder_that_holds_something_is_refused_and_nothing_half_written_stays(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    export(desk.store, tmp_path / "out", quiet, form="parquet")
    before = sorted((tmp_path / "out").iterdir())
    with pytest.raises(StoreError, match="there already"):
        export(desk.store, tmp_path / "out", quiet)

    def breaks(_label: str, done: int, _total: int) -> None:
        if done > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(desk.store, tmp_path / "broken", breaks)
    with pytest.raises(PlumblineError, match="isn't known"):
        export(desk.store, tmp_path / "broken", quiet, form="xml")
    assert sorted((tmp_path / "out").iterdir()) == before
    assert not list(tmp_path.glob("*broken*"))


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_deidentified_export_says_of_nobody_who_they_are(demo: Store, tmp_path: Path, form: str) -> None:
    export(demo, tmp_path / "out", quiet, form=form, deidentified=True, as_of=DEMO_UNTIL)
    paths = list((tmp_path / "out" / "tables").iterdir())
    tables = {path.stem: duckdb.sql(f"select columns(*)::varchar from '{path}'").df() for path in paths}
    cells = {str(cell) for table in tables.values() for column in table for cell in table[column] if cell is not None}
    own: set[str] = set()
    for text in (
        "select unnest([patient_id, patient_key, given_name, family_name, phone, clinic_id, birth_date]) from patient",
        "select unnest([episode_id, episode_key, surgeon, approach, tags]) from episode",
        "select unnest([text, title, author]) from note", "select detail from event", "select name from clinic",
        "select reported_by from milestone_event", "select recorded_by from score", "select score_id from score",
        "select unnest([recorded_at::varchar, batch_id]) from patient",
    ):  # fmt: skip
        own |= {str(row[0]) for row in demo.cursor().execute(text).fetchall() if row[0]}
    kinds = demo.cursor().execute("select kind from event_kind union select drug from drug").fetchall()
    own -= {str(row[0]) for row in kinds}  # words of ours that staff write, too
    assert cells & own == set()
    longer = {word for word in own if len(word) > 7}
    assert not [cell for cell in cells for word in longer if word in cell]
    patients = tables["patients"].fillna("")
    sizes = patients.groupby(["clinic", "sex", "age_group"]).size()
    assert sizes.min() >= LEAST
    assert sizes.sum() == demo.cursor().execute("select count(*) from patient where retracted_at is null").fetchone()[0]
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["deidentified"] is True


@pytest.mark.slow
def test_the_days_between_dates_are_right_and_no_date_is_where_it_was(demo: Store, tmp_path: Path) -> None:
    export(demo, tmp_path / "out", quiet, form="parquet", deidentified=True, as_of=DEMO_UNTIL)
    scores = tmp_path / "out" / "tables" / "scores.parquet"
    episodes = tmp_path / "out" / "tables" / "episodes.parquet"
    safe = duckdb.sql(
        f"select list_sort(list(s.taken_on - e.performed_on)) from '{scores}' s join '{episodes}' e using (episode) "
        "group by s.episode order by all"
    ).fetchall()
    own = demo.cursor().execute(
        "select list_sort(list(s.taken_on - e.performed_on)) from score s join episode e using (episode_id) "
        "where s.retracted_at is null and e.retracted_at is null group by s.episode_id order by all"
    ).fetchall()
    assert safe == own
    first = duckdb.sql(f"select min(taken_on), max(taken_on) from '{scores}'").fetchall()[0]
    then = demo.cursor().execute("select min(taken_on), max(taken_on) from score where retracted_at is null").fetchone()
    assert first[0] < then[0]
    assert first[1] < then[1]


def test_fewer_than_eleven_patients_are_not_exported_without_their_names(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(PlumblineError, match=f"fewer than {LEAST} patients"):
        export(desk.store, tmp_path / "out", quiet, deidentified=True)
    with pytest.raises(PlumblineError, match="no history"):
        export(desk.store, tmp_path / "out", quiet, deidentified=True, history=True)
    assert not list(tmp_path.glob("*out*"))


def test_ages_over_89_stand_together(desk: Desk, tmp_path: Path) -> None:
    rows = [f"a{n},{1925 + n},female,north" for n in range(11)] + [f"b{n},1950,female,north" for n in range(11)]
    rows += [f"c{n},1960,male,north" for n in range(9)]
    desk.take({"patients.csv": "\n".join(["patient_id,birth_date,sex,clinic", *rows])})
    export(desk.store, tmp_path / "out", quiet, deidentified=True, as_of=date(2026, 11, 23))
    with (tmp_path / "out" / "tables" / "patients.csv").open() as file:
        found = Counter(row["age_group"] for row in csv.DictReader(file))
    assert found == {"over 89": 11, "70 to 79": 11, "": 11}


@pytest.mark.slow
def test_the_command_says_where_it_is(demo_store: Path, tmp_path: Path) -> None:
    ended = ask("export", "--to", str(tmp_path / "out"), "--format", "parquet", "--store", demo_store)
    assert (ended.returncode, "parquet files" in ended.stdout) == (0, True), ended.stderr


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_what_is_kept_of_the_secrets_of_links_never_leaves(desk: Desk, tmp_path: Path, form: str) -> None:
    kept = {"digest-of-a-token", "digest-of-a-code", "digest-of-an-address", "salt-of-addresses"}
    desk.store.set_meta("share_salt", "salt-of-addresses")
    with desk.store.write() as cursor:
        cursor.execute(
            "insert into share_link by name select 'l1' as link_id, 'digest-of-a-token' as token_digest, 'p1' as "
            "patient_id, 'patient' as holder, 'code' as factor, 'digest-of-a-code' as factor_digest, true as "
            "has_paper, '2026-01-06'::timestamp as created_at, 'anna' as created_by, '2026-01-20'::timestamp as "
            "expires_at"
        )
        cursor.execute("insert into share_attempt values ('a1', 'l1', '2026-01-06', 'digest-of-an-address', 'wrong')")
    export(desk.store, tmp_path / "out", quiet, form=form, history=True)
    told = {
        path.stem: duckdb.sql(f"from '{path}'").df().astype(str) for path in (tmp_path / "out" / "tables").iterdir()
    }
    assert list(told["share_link"]["link_id"]) == ["l1"]
    assert list(told["share_attempt"]["attempt_id"]) == ["a1"]
    assert not kept & {cell for table in told.values() for column in table for cell in table[column]}
