"""All or nothing: dry runs, refusals, two imports at once."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from plumbline import intake
from plumbline.errors import ImportRefused, PlumblineError
from tests.intake.conftest import BASE, Desk

pytestmark = pytest.mark.slow

PEOPLE = 300


@pytest.fixture
def many(desk: Desk) -> Path:
    """Files with a few thousand rows of several kinds."""
    people = [f"x{number}" for number in range(PEOPLE)]
    return desk.put(
        {
            "patients.csv": "patient_id,birth_date,sex,clinic\n" + "".join(f"{one},1950,F,west\n" for one in people),
            "episodes.csv": "episode_id,patient_id,performed_at,levels\n"
            + "".join(f"e{one},{one},2026-01-05,L1\n" for one in people),
            "scores.csv": "patient_id,taken_at,instrument,value\n"
            + "".join(f"{one},2026-01-{day:02d},nrs_back,{day % 11}\n" for one in people for day in range(6, 16)),
        }
    )


def test_two_imports_at_once_are_one_after_the_other(desk: Desk, many: Path) -> None:
    results: list[intake.ImportResult] = []
    threads = [threading.Thread(target=lambda: results.append(intake.run(desk.store, [many]))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.totals["accepted"] for one in results) == [0, 12 * PEOPLE]
    assert sorted(one.totals["unchanged"] for one in results) == [0, 12 * PEOPLE]
    assert len(desk.rows("score", "score_id")) == 10 * PEOPLE


def test_a_dry_run_says_all_and_changes_nothing(desk: Desk) -> None:
    files: dict[str, str | bytes] = {
        "patients.csv": "patient_id,birth_date,sex,clinic\np3,1950,F,west\n",
        "scores.csv": "patient_id,taken_at,instrument,value\np3,2026-01-06,nrs_back,5\np1,2026-01-06,nrs_back,11\n",
    }
    before, revision = desk.facts(), desk.store.revision
    result = desk.take(files, dry_run=True)
    assert (result.exit_code, result.totals["accepted"], result.totals["rejected"]) == (1, 2, 1)
    assert result.as_dict()["dry_run"] is True
    assert [one["clinic"] for one in result.clinics_created] == ["west"]
    (reject,) = result.as_dict()["rejects"]
    assert (reject["line"], reject["value"]) == (3, "11")
    assert result.notes[-1].startswith("scores.csv, line 3: value 11 lies outside 0 to 10")
    assert (desk.facts(), desk.store.revision) == (before, revision)
    assert desk.all_rows("import_batch") == 1
    with pytest.raises(PlumblineError, match="There is no import"):
        intake.rejects(desk.store.cursor(), result.batch_id)
    wet = desk.take(files).as_dict()
    told = {**result.as_dict(), "batch_id": wet["batch_id"], "dry_run": False, "notes": wet["notes"]}
    del told["rejects"]
    assert told == wet


def test_what_an_import_did_is_kept(desk: Desk) -> None:
    result = desk.scores("p1,2026-01-06,nrs_back,5", "p1,2026-01-06,nrs_back,12", recorded_by="ab", replace=True)
    cursor = desk.store.cursor()
    kept = cursor.execute(
        "select recorded_by, replace_existing, rows, accepted, unchanged, ignored, rejected, finished_at >= started_at "
        "from import_batch where batch_id = $batch",
        {"batch": result.batch_id},
    ).fetchone()
    assert kept == ("ab", True, 2, 1, 0, 0, 1, True)
    assert cursor.execute("select recorded_by, source, batch_id from score").fetchall() == [
        ("ab", "import", result.batch_id)
    ]


def test_a_row_may_say_who_recorded_it(desk: Desk) -> None:
    desk.scores("p1,2026-01-06,nrs_back,5,nurse", header="patient_id,taken_at,instrument,value,recorded_by")
    assert desk.rows("score", "recorded_by") == [("nurse",)]


def test_the_answer_is_what_was_promised(desk: Desk) -> None:
    result = desk.scores("p1,2026-01-06,nrs_back,5").as_dict()
    counts = {"rows": 1, "accepted": 1, "unchanged": 0, "ignored": 0, "rejected": 0}
    assert result["files"] == [{"file": "scores.csv", "format": "csv", **counts}]
    assert result["totals"] == counts
    assert set(result) >= {"batch_id", "files", "totals", "clinics_created", "columns_ignored", "dry_run"}


def refused(desk: Desk, *paths: Path, **options: Any) -> str:
    with pytest.raises(ImportRefused) as found:
        intake.run(desk.store, list(paths), **options)
    assert desk.all_rows("import_batch") == 1
    assert "\n" not in str(found.value)
    return str(found.value)


def test_an_import_of_nothing_is_refused(desk: Desk, tmp_path: Path) -> None:
    folder = desk.put({"README.md": "x", ".hidden.csv": "x"})
    (tmp_path / "empty").mkdir()
    assert "There is no file or folder" in refused(desk, tmp_path / "missing.csv")
    assert "There is no file or folder" in refused(desk, desk.put(BASE), tmp_path / "missing.csv")
    assert "nothing to import" in refused(desk, tmp_path / "empty")
    assert "nothing to import" in refused(desk, folder)


def test_a_folder_that_cannot_be_listed_is_never_passed_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = desk.put(BASE | {"closed/scores.csv": "patient_id,taken_at,instrument,value\n", ".git/x.csv": "x"})
    scan = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path).name in {"closed", ".git"}:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert "closed can't be read (Permission denied)" in refused(desk, folder)
    assert "closed can't be read (Permission denied)" in refused(desk, folder / "closed")


def test_a_name_that_is_not_utf_8_is_shown_as_well_as_it_can_be(desk: Desk) -> None:
    folder = desk.put(BASE)
    for name in (b"\xff.csv", b"\xfe.csv", b"\xff.txt"):
        (folder / os.fsdecode(name)).write_text("patient_id,taken_at,instrument,value\np1,2026-01-06,nrs_back,11\n")
    result = intake.run(desk.store, [folder])
    shown = f"{folder.name}/\ufffd.csv"
    assert [one["file"] for one in desk.rejects(result)] == [shown, f"{shown} (2)"]
    assert result.files_skipped == ["\ufffd.txt"]
    json.dumps(result.as_dict(), ensure_ascii=False).encode()


def test_made_up_patients_and_real_ones_do_not_mix(desk: Desk) -> None:
    desk.store.set_meta("synthetic", "true")
    folder = desk.put(BASE)
    assert "--store my.duckdb" in refused(desk, folder)
    assert intake.run(desk.store, [folder], source="demo").totals["unchanged"] == 6


def test_a_file_over_1_gib_is_refused(desk: Desk) -> None:
    folder = desk.put({"scores.csv": "patient_id,taken_at,instrument,value\n"})
    with (folder / "scores.csv").open("r+b") as file:
        file.truncate((1 << 30) + 1)
    result = intake.run(desk.store, [folder])
    assert "split it" in desk.fault(result)["reason"]


def test_other_files_of_a_folder_are_named(desk: Desk) -> None:
    result = desk.take({"LICENSE": "x", "a/b.pdf": "x", "scores.csv": "patient_id,taken_at,instrument,value\n"})
    assert result.as_dict()["files_skipped"] == ["LICENSE", "a/b.pdf"]
    assert [file["file"] for file in result.files] == ["scores.csv"]


def test_a_fault_of_ours_stores_nothing(desk: Desk) -> None:
    before = desk.facts()

    def stop(label: str, done: int, _total: int) -> None:
        if label.startswith("checking") and done > 5:
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        desk.scores("p1,2026-01-06,nrs_back,5", progress=stop)
    assert (desk.facts(), desk.all_rows("import_batch")) == (before, 1)
    assert desk.scores("p1,2026-01-06,nrs_back,5").totals["accepted"] == 1
