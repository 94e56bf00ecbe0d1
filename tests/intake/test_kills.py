"""An import, or its undo, that is killed at any moment leaves all of it or nothing, and can be done again."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plumbline import intake
from plumbline.intake import undo
from plumbline.intake.mapping import Mapping
from plumbline.store import Store, open_store
from plumbline.verify import verify
from tests.intake.conftest import FACTS
from tests.intake.test_fhir import bundle, kyphoplasty, pain, patient
from tests.kills import Victims

pytestmark = pytest.mark.slow

PEOPLE = 150
ITEMS = [f"odi_{number}" for number in range(1, 11)]
MAPPING = f"""
name: ward
patient: {{id: pat, clinic: {{fixed: north}}}}
episode: {{performed_at: op, pathway: {{fixed: kyphoplasty}}, levels: level}}
scores:
  - {{value: pain, instrument: {{fixed: nrs_back}}, taken_at: day}}
  - {{value: {{items: [{", ".join(ITEMS)}], coding: 0-5}}, instrument: {{fixed: odi}}, taken_at: day}}
"""
READ, CHECK, SUMMARY, DONE = "reading", "checking and storing", "bringing the summary up to date", "done"
# what is killed, at which step, and how many seconds after it
KILLS = [
    ("csv", f"{READ} scores.csv|0", 0.0), ("csv", f"{CHECK}|0", 0.0), ("csv", f"{CHECK}|2", 0.01),
    ("csv", f"{CHECK}|4", 0.02), ("csv", f"{CHECK}|7", 0.0), ("csv", f"{SUMMARY}|0", 0.03),
    ("csv", f"{SUMMARY}|1", 0.0), ("csv", f"{SUMMARY}|1", 0.004), ("csv", f"{SUMMARY}|1", 0.008),
    ("csv", f"{SUMMARY}|1", 0.02), ("csv", DONE, 0.0),
    ("mapped", f"{READ} data.csv|0", 0.01), ("mapped", f"{CHECK}|4", 0.01), ("mapped", f"{SUMMARY}|1", 0.006),
    ("excel", f"{READ} data.xlsx|0", 0.05), ("excel", f"{CHECK}|3", 0.0), ("excel", f"{SUMMARY}|1", 0.01),
    ("fhir", f"{READ} data.json|0", 0.02), ("fhir", f"{CHECK}|2", 0.01), ("fhir", f"{SUMMARY}|1", 0.005),
    ("undo", "begun", 0.0), ("undo", "begun", 0.05), ("undo", "begun", 0.15), ("undo", "begun", 0.25),
    ("undo", DONE, 0.0),
]  # fmt: skip


def work(told: dict[str, Any], tell: Callable[..., None]) -> None:
    """What is killed: an import or an undo, in a process of its own."""
    store = open_store(Path(told["store"]))
    tell("begun")
    do(store, told, tell)


def do(store: Store, told: dict[str, Any], tell: Callable[..., None] = lambda *_: None) -> None:
    """Import a folder, with a mapping or without, or undo the one import that can be."""
    if told["undo"]:
        (batch,) = store.cursor().execute("select max(batch_id) from import_batch").fetchone()
        undo.undo(store, "Dana", batch)
        return
    mapping = Mapping.from_yaml(MAPPING) if told["mapped"] else None
    paths = sorted(Path(told["folder"]).iterdir())
    assert intake.run(store, paths, mapping=mapping, progress=tell).totals["rejected"] == 0


def wide() -> list[list[str]]:
    """One row a patient, with a score and a questionnaire."""
    return [["pat", "op", "level", "day", "pain", *ITEMS]] + [
        [f"w{one}", "2026-01-05", "L1", "2026-01-06", str(one % 11), *"0123450123"] for one in range(PEOPLE)
    ]


def files(folder: Path) -> None:
    """One folder for each kind of import."""
    people = [f"x{number}" for number in range(PEOPLE)]
    native = {
        "patients.csv": ["patient_id,birth_date,sex,clinic", *(f"{one},1950,F,west" for one in people)],
        "episodes.csv": ["episode_id,patient_id,performed_at,levels", *(f"e{x},{x},2026-01-05,L1" for x in people)],
        "scores.csv": [
            "patient_id,taken_at,instrument,value",
            *(f"{one},2026-01-{day:02d},nrs_back,{day % 11}" for one in people for day in range(6, 16)),
        ],
    }
    for name in ("csv", "mapped", "excel", "fhir"):
        (folder / name).mkdir()
    for name, lines in native.items():
        (folder / "csv" / name).write_text("\n".join(lines) + "\n")
    (folder / "mapped" / "data.csv").write_text("\n".join(",".join(row) for row in wide()) + "\n")
    made = openpyxl.Workbook()
    for row in wide():
        made.active.append(row)
    packed = io.BytesIO()
    made.save(packed)
    (folder / "excel" / "data.xlsx").write_bytes(packed.getvalue())
    resources = [
        one
        for number in range(PEOPLE)
        for one in (
            patient(f"f{number}"),
            kyphoplasty(f"k{number}", subject={"reference": f"Patient/f{number}"}),
            pain(f"o{number}", subject={"reference": f"Patient/f{number}"}),
        )
    ]
    (folder / "fhir" / "data.json").write_text(json.dumps(json.loads(bundle(*resources))))


def held(store: Store) -> dict[str, Any]:
    """Every current fact, the items, the imports, and how many courses are summarised."""
    ask = store.cursor().execute
    facts = {
        table: ask(f"select {columns} from {table} where retracted_at is null order by all").fetchall()
        for table, columns in FACTS.items()
    }
    counts = [
        ask(f"select count(*) from {what}").fetchone()
        for what in ("score_item where retracted_at is null", "import_batch", "import_undo", "episode_summary")
    ]
    return facts | {"counts": counts}


@pytest.fixture(scope="module")
def victims() -> Iterator[Victims]:
    with Victims("tests.intake.test_kills") as made:
        yield made


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory, known_file: Path) -> dict[str, tuple[Any, ...]]:
    """For each kind: what is told to the worker, the store before it, and what is held before and after."""
    folder = tmp_path_factory.mktemp("kills")
    files(folder)
    found: dict[str, tuple[Any, ...]] = {}
    for name in ("csv", "mapped", "excel", "fhir", "undo"):
        told = {"undo": name == "undo", "mapped": name in {"mapped", "excel"}, "folder": str(folder / name)}
        start = known_file if name != "undo" else Path(shutil.copy(folder / "mapped.duckdb", folder / "start.duckdb"))
        store = open_store(shutil.copy(start, folder / f"{name}.duckdb"))
        before = held(store)
        do(store, told)
        found[name] = told, start, before, held(store)
        assert verify(store) == []
        store.close()
    return found


@pytest.mark.parametrize(("what", "step", "delay"), KILLS)
def test_a_kill_leaves_all_or_nothing_and_it_can_be_done_again(
    victims: Victims, before_and_after: dict[str, tuple[Any, ...]], tmp_path: Path, what: str, step: str, delay: float
) -> None:
    told, start, before, after = before_and_after[what]
    path = Path(shutil.copy(start, tmp_path / "store.duckdb"))
    ended = victims.kill(told | {"store": str(path)}, step, delay)
    store = open_store(path)
    found = held(store)
    assert found in (before, after)
    assert found == after or not ended
    if found == before:
        do(store, told)
        assert held(store) == after
    store.close()
    assert not [one for one in tmp_path.iterdir() if one != path]  # no log, no half-written file beside it
