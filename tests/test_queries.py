"""The contract of every query file; and, for each check, a broken file that proves it can fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plumbline import sql
from plumbline.store import open_store
from tests import sql_contract as contract

CODE = [file for folder in ("plumbline", "pages", "benchmarks") for file in (sql.ROOT / folder).rglob("*.py")]
NAMES = contract.names()
READS = [name for name in NAMES if not sql.load(name).writes]


@pytest.fixture(scope="module")
def cursor(empty_of_module: Path) -> Iterator[Any]:
    """The schema and the reference, with nobody in them."""
    store = open_store(empty_of_module)
    yield store.cursor()
    store.close()


@pytest.fixture(scope="module")
def filled(demo_store: Path) -> Iterator[Any]:
    store = open_store(demo_store)
    yield store.cursor()
    store.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_header_is_complete_the_text_plain_and_the_parameters_those_that_duckdb_finds(name: str) -> None:
    assert contract.header_faults(name) + contract.style_faults(name) == []
    assert contract.parameter_faults(name) + contract.instead_faults(name) == []


@pytest.mark.parametrize("name", READS)
def test_a_read_gives_the_columns_that_it_promises(cursor: Any, name: str) -> None:
    assert contract.column_faults(cursor, name) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", READS)
def test_the_examples_find_something_in_order_and_once_by_the_grain(filled: Any, name: str) -> None:
    assert contract.example_faults(filled, name) + contract.grain_faults(filled, name) == []
    assert contract.select_faults(filled, name) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in READS])
def test_a_write_binds_against_the_schema(cursor: Any, name: str) -> None:
    own = cursor.cursor()  # what one makes for the time being, another may make of another kind
    assert contract.write_faults(own, name) == []


def test_every_call_names_a_real_file_with_its_parameters() -> None:
    found = [call for file in CODE for call in contract.calls(file, sql.ROOT)]
    assert contract.call_faults(found) == []
    assert len(found) > 3, "the walk over the code finds no calls any more"


def test_no_query_file_is_unused() -> None:
    assert contract.unused(CODE) == []


GOOD = """-- question  Which instruments have this unit?
-- grain     instrument
-- param     unit        varchar  points  the unit
-- column    instrument  varchar  instrument code
-- column    label       varchar  as on the screen
select instrument, label
from instrument
where unit = $unit
order by instrument
"""


@pytest.fixture
def seeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of query files of its own, so that a broken one can be put there."""
    monkeypatch.setattr(sql, "QUERIES", tmp_path)
    sql.forget()
    (tmp_path / "seeded").mkdir()
    yield tmp_path / "seeded" / "one.sql"
    sql.forget()


def every_fault(cursor: Any) -> list[str]:
    name = "seeded/one"
    faults = contract.header_faults(name) + contract.style_faults(name) + contract.parameter_faults(name)
    if not faults and sql.load(name).writes:
        faults = contract.write_faults(cursor, name)
    elif not faults:
        faults = contract.column_faults(cursor, name) + contract.select_faults(cursor, name)
    return faults or contract.grain_faults(cursor, name)


def test_a_good_file_has_no_fault(cursor: Any, seeded: Path) -> None:
    seeded.write_text(GOOD)
    assert every_fault(cursor) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "-- question  Which instruments have this unit?\n-- grain     instrument\n",
            "-- grain     instrument\n-- question  Which instruments have this unit?\n",
            "not in the order",
        ),
        ("-- grain     instrument\n", "-- grain     instrument\n-- grain     label\n", "exactly one 'grain'"),
        ("-- column    label", "-- colum     label", "unknown header field: 'colum'"),
        ("this unit?", "this unit", "no sentence"),
        ("  points  the unit", "  points", "lacks an example or a meaning"),
        ("varchar  as on the screen", "varchar", "column label lacks a meaning"),
        ("from instrument", "-- why\nfrom instrument", "below the header"),
        ("from instrument", "from instrument\n" * 1 + "\n" * 80, "more than 80"),
        ("select instrument, label", "SELECT instrument, label", "not lower case: SELECT"),
        ("order by instrument", "order by instrument;", "semicolon"),
        ("where unit", "where\tunit", "a tab"),
        ("unit = $unit", "unit = $unit and current_date > date '2000-01-01'", "reads the clock: current_date"),
        ("unit = $unit", "unit = $unit and now () > date '2000-01-01'", "reads the clock: now ("),
        ("unit = $unit", "unit = $units", "$units is used but not in the header"),
        ("unit = $unit", "true", "param unit is in the header but not used"),
        ("select instrument, label", "select instrument, label as name", "promises label varchar"),
        ("label       varchar", "label       integer", "gives label varchar"),
        ("select instrument, label", "select label, instrument", "another order than the header"),
        ("order by instrument", "", "several rows but no order"),
        ("-- grain     instrument", "-- grain     unit", "names unit, which is no column"),
        ("from instrument", "from instrument cross join range(2)", "not unique"),
        ("-- grain     instrument", "-- grain     one row", "more than one row"),
    ],
)
def test_a_broken_file_is_caught(cursor: Any, seeded: Path, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    seeded.write_text(GOOD.replace(old, new, 1))
    assert any(fault in found for found in every_fault(cursor)), every_fault(cursor)


WRITE = """-- question  Keep what a clinician asked for.
-- grain     one row
-- after     seeded/made
-- frame     incoming  name varchar, value varchar
insert into store_meta (name, value)
select name, value
from incoming
where name in (select name from made)
"""


def test_a_write_is_bound_on_what_its_header_says_it_stands_on(cursor: Any, seeded: Path) -> None:
    header = "-- question  Make it.\n-- grain     name\n"
    seeded.with_name("made.sql").write_text(f"{header}create or replace temp table made as\nselect 'a' as name\n")
    seeded.write_text(WRITE)
    assert every_fault(cursor) == []
    seeded.write_text(WRITE.replace("insert into store_meta (name", "insert into store_meta (nam"))
    sql.forget()
    assert "nam" in every_fault(cursor)[0]


def test_an_example_that_finds_nothing_is_caught(cursor: Any, seeded: Path) -> None:
    seeded.write_text(GOOD.replace("varchar  points ", "varchar  furlongs "))
    assert contract.example_faults(cursor, "seeded/one") == ["the header's examples find no row on the demo store"]
    seeded.write_text(
        GOOD.replace("varchar  points ", "varchar  furlongs ").replace(
            "select i", "-- missing   no row: none has\nselect i"
        )
    )
    sql.forget()
    assert contract.example_faults(cursor, "seeded/one") == []


def test_a_star_in_the_final_select_is_caught(cursor: Any, seeded: Path) -> None:
    starred = "with i as (select instrument, label, unit from instrument)\nselect i.*\nfrom i\nwhere"
    seeded.write_text(GOOD.replace("select instrument, label\nfrom instrument\nwhere", starred))
    assert "the final select has a star: name the columns" in contract.select_faults(cursor, "seeded/one")
    seeded.write_text(GOOD.replace("from instrument\n", "from (select * from instrument)\n"))
    sql.forget()
    assert contract.select_faults(cursor, "seeded/one") == []


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ('ask(cursor, "seeded/one", units=1)', "gives seeded/one ['units'] instead of ['unit']"),
        ('sql.rows(cursor, "seeded/one")', "gives seeded/one [] instead of ['unit']"),
        ('ctx.ask("seeded/two", unit="mm")', "asks seeded/two, which is no query file"),
        ('rows(cursor, "seeded/one", **asked)', "gives seeded/one its parameters by **"),
        ('run(cursor, f"seeded/{kind}", unit="mm")', "builds the name of a query file"),
    ],
)
def test_a_wrong_call_is_caught(seeded: Path, tmp_path: Path, code: str, fault: str) -> None:
    seeded.write_text(GOOD)
    page = tmp_path / "page.py"
    page.write_text(f"{code}\n")
    assert any(fault in found for found in contract.call_faults(list(contract.calls(page, tmp_path))))


def test_a_right_call_is_no_fault_and_an_unused_file_is_one(seeded: Path, tmp_path: Path) -> None:
    seeded.write_text(GOOD)
    page = tmp_path / "page.py"
    page.write_text('shown = ctx.ask("seeded/one", unit="mm")\n')
    assert contract.call_faults(list(contract.calls(page, tmp_path))) == []
    assert contract.unused([page]) == []
    page.write_text("shown = None\n")
    assert contract.unused([page]) == ["seeded/one"]
    (seeded.parent / "two.sql").write_text(GOOD + "\n")
    seeded.write_text(GOOD.replace("select instr", "-- uses      seeded/two as two\nselect instr"))
    sql.forget()
    page.write_text('NAMES = ["seeded/one"]\n')
    assert contract.unused([page]) == []


OTHER = """-- question  Which units are asked about?
-- grain     unit
-- param     unit  varchar  points  the unit
-- column    unit  varchar  the unit
select $unit as unit
"""
RULE = """-- question  Which instruments have a unit that is asked about?
-- grain     instrument
-- param     unit        varchar  points  the unit
-- uses      seeded/asked as asked
-- column    instrument  varchar  instrument code
select instrument
from instrument
join asked using (unit)
order by instrument
"""
ALL = """-- question  Which instruments are there?
-- grain     instrument
-- uses      seeded/rule as found
-- instead   seeded/every as asked
-- column    instrument  varchar  instrument code
select instrument
from found
order by instrument
"""


def test_a_file_can_take_the_place_of_another_for_the_whole_of_a_query(cursor: Any, seeded: Path) -> None:
    every = "-- question  Which units are there?\n-- grain     unit\n-- column    unit  varchar  the unit\n"
    every += "select distinct unit\nfrom instrument\norder by unit\n"
    for name, text in {"asked": OTHER, "rule": RULE, "every": every, "one": ALL}.items():
        seeded.with_name(f"{name}.sql").write_text(text)
    assert every_fault(cursor) + contract.instead_faults("seeded/one") == []
    everything = {name for (name,) in cursor.execute("select instrument from instrument").fetchall()}
    assert {row["instrument"] for row in sql.rows(cursor, "seeded/one")} == everything
    assert {row["instrument"] for row in sql.rows(cursor, "seeded/rule", unit="points")} < everything
    seeded.write_text(ALL.replace("seeded/every as asked", "seeded/every as askd"))
    sql.forget()
    fault = "puts seeded/every in the place of askd, which nothing within uses"
    assert contract.instead_faults("seeded/one") == [fault]
    seeded.write_text(ALL)
    other = every.replace("unit  varchar", "unit  date").replace("grain     unit", "grain     one row")
    seeded.with_name("every.sql").write_text(other)
    sql.forget()
    assert len(contract.instead_faults("seeded/one")) == 2


def test_the_outermost_word_on_what_stands_in_holds(seeded: Path) -> None:
    for name, text in {"asked": OTHER, "rule": RULE, "one": ALL}.items():
        seeded.with_name(f"{name}.sql").write_text(text)
    for name in ("every", "some"):
        seeded.with_name(f"{name}.sql").write_text(OTHER.replace("$unit", f"'{name}'"))
    outer = ALL.replace("seeded/rule as found", "seeded/one as every_one").replace("seeded/every", "seeded/some")
    seeded.with_name("outer.sql").write_text(outer)
    assert sql.parts("seeded/one") == {"asked": "seeded/every", "found": "seeded/rule"}
    assert sql.parts("seeded/outer")["asked"] == "seeded/some"
