"""A store of its own for each test, and a desk from which files are imported into it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from plumbline import intake
from plumbline.store import Store, open_store

PATIENTS = "patient_id,birth_date,sex,clinic\np1,1944-05-17,female,north\np2,1950,male,south\n"
EPISODES = "episode_id,patient_id,performed_at,levels\ne1,p1,2026-01-05T10:00,T12;L1\ne2,p2,2026-02-01,L3\n"
CLINICS = "clinic,name,time_zone\nnorth,North,America/New_York\nsouth,South,Europe/Berlin\n"
BASE = {"clinics.csv": CLINICS, "patients.csv": PATIENTS, "episodes.csv": EPISODES}
FACTS = {
    "clinic": "clinic_id, name, time_zone, amber_budget, pain_is_back_pain",
    "patient": "patient_id, birth_date, sex, clinic_id, given_name, family_name, phone, died_on",
    "episode": "episode_id, patient_id, pathway, timeline_version, performed_on, performed_at, fracture_on, cause, "
    "surgeon, approach, of_grade, genant, discharged_on, discharged_at, tags",
    "treated_level": "patient_id, episode_id, level, cement_ml",
    "score": "patient_id, episode_id, instrument, taken_on, taken_at, value, status, context",
    "milestone_event": "patient_id, episode_id, milestone, status, happened_on, happened_at, reported_by",
    "note": "patient_id, episode_id, kind, written_on, written_at, title, text, author",
    "event": "patient_id, episode_id, kind, happened_on, happened_at, level, detail",
    "medication": "patient_id, episode_id, drug, started_on, stopped_on, dose, unit, opioid",
}


class Desk:
    """A store and the folders from which files are imported into it."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self._count = 0

    def put(self, files: dict[str, str | bytes]) -> Path:
        """A new folder with these files."""
        self._count += 1
        folder = self.folder / f"in{self._count}"
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    def take(self, files: dict[str, str | bytes], **options: Any) -> intake.ImportResult:
        """Import these files in one batch; whatever they hold, the counts add up."""
        result = intake.run(self.store, [self.put(files)], **options)
        for counts in [*result.files, result.totals]:
            parts = (counts[name] for name in ("accepted", "unchanged", "ignored", "rejected"))
            assert sum(parts) == counts["rows"], counts
        assert len(self.rejects(result)) == (0 if result.dry_run else result.totals["rejected"])
        return result

    def scores(self, *rows: str, header: str = "patient_id,taken_at,instrument,value", **options: Any) -> Any:
        """Import lines of scores.csv."""
        return self.take({"scores.csv": "\n".join([header, *rows]) + "\n"}, **options)

    def rejects(self, result: intake.ImportResult) -> list[dict[str, Any]]:
        """What an import rejected."""
        if result.dry_run:
            return []
        return intake.rejects(self.store.cursor(), result.batch_id)

    def fault(self, result: intake.ImportResult) -> dict[str, Any]:
        """The only reject of an import."""
        (found,) = self.rejects(result)
        return found

    def facts(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every current fact, without ids and provenance."""
        return {table: self.rows(table, columns) for table, columns in FACTS.items()}

    def rows(self, table: str, columns: str) -> list[tuple[Any, ...]]:
        """The current rows of a table, in a stable order."""
        found = self.store.cursor().execute(f"select {columns} from {table} where retracted_at is null order by all")
        return [tuple(row) for row in found.fetchall()]

    def all_rows(self, table: str) -> int:
        """How many rows a table has, retracted ones too."""
        return int(self.store.cursor().execute(f"select count(*) from {table}").fetchone()[0])


@pytest.fixture
def empty(tmp_path: Path, empty_original: Path) -> Iterator[Desk]:
    """A desk with an empty store."""
    path = tmp_path / "store.duckdb"
    shutil.copy(empty_original, path)
    store = open_store(path)
    yield Desk(store, tmp_path)
    store.close()


@pytest.fixture(scope="session")
def known_file(tmp_path_factory: pytest.TempPathFactory, empty_original: Path) -> Path:
    folder = tmp_path_factory.mktemp("known")
    shutil.copy(empty_original, folder / "store.duckdb")
    store = open_store(folder / "store.duckdb")
    assert Desk(store, folder).take(BASE).exit_code == 0
    store.close()
    return folder / "store.duckdb"


@pytest.fixture
def desk(tmp_path: Path, known_file: Path) -> Iterator[Desk]:
    """A desk whose store knows two clinics in two time zones, a patient in each and an episode of each."""
    shutil.copy(known_file, tmp_path / "known.duckdb")
    store = open_store(tmp_path / "known.duckdb")
    yield Desk(store, tmp_path)
    store.close()
