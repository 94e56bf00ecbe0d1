"""The demo store: made-up patients, imported like anybody's files, with the planted truth beside the store.

Made-up data prove that the code works, never that the medicine is right.
"""

from __future__ import annotations

import json
import tempfile
from datetime import date, datetime
from pathlib import Path

from plumbline import intake, sql
from plumbline.demo import answers, calls
from plumbline.demo.files import Progress, make
from plumbline.demo.odd import LEAST_PATIENTS
from plumbline.demo.places import Planted
from plumbline.errors import PlumblineError
from plumbline.store import Store

_RECORD = (
    *("demo/record_scores", "demo/record_milestones", "demo/record_notes", "demo/record_events"),
    *("demo/record_medications", "demo/record_episodes", "demo/record_levels", "demo/record_patients"),
    "demo/record_clinics",
)

__all__ = ["Planted", "build", "make", "truth_path"]


def truth_path(store: Path) -> Path:
    """Where the planted truth of a demo store lies: beside it, never in it."""
    return store.with_name(f"{store.name}.truth.json")


def build(
    store: Store,
    patients: int,
    seed: int,
    until: date,
    progress: Progress | None = None,
    planted: Planted | None = None,
) -> None:
    """Fill an empty store with made-up patients and mark it synthetic.

    Everything known before the first second of `until` (UTC) is in it; the files are the same bytes for the
    same patients, seed, date and `planted`, a difference between clinics whose size stands in the truth. Raises
    PlumblineError where the store holds patients that are not made up, the patients are too few or the date lies
    ahead.
    """
    if until > datetime.now().astimezone().date():
        raise PlumblineError(f"A demo store can't reach into the future: choose a day before {until}.")
    if patients < LEAST_PATIENTS:
        raise PlumblineError(f"A demo store needs at least {LEAST_PATIENTS} patients, to hold every odd case.")
    if not store.synthetic and sql.run(store.cursor(), "demo/patients_of_store").fetchone()[0]:
        raise PlumblineError("This store holds patients that are not made up. Choose another file for the demo.")
    book, truth = make(patients, seed, until, progress, planted)
    store.set_meta("synthetic", "true")
    with tempfile.TemporaryDirectory(prefix="plumbline-demo-") as folder:
        book.write(Path(folder))
        intake.run(store, [Path(folder)], source="demo", recorded_by="demo", progress=progress)
    book.kept.store(store)
    _spread(store)
    calls.write(store, seed, until)
    answers.add(store, truth, seed, until)
    truth_path(store.path).write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")


def _spread(store: Store) -> None:
    """As if all had been recorded as it came about, so that the made-up past can be looked at as it was known."""
    with store.write() as cursor:
        for name in _RECORD:
            sql.run(cursor, name)
