"""What the letter says is what the patient is told, also where there is nothing from before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from plumbline import progress
from plumbline.store import open_store
from plumbline.web.asking import Context
from plumbline.web.patient import letter as patient_letter

TODAY = date(2026, 11, 23)


@pytest.mark.slow
def test_scores_of_the_letter_are_those_that_the_patient_is_told(
    copy_demo_store: Callable[[Path], Path], tmp_path: Path
) -> None:
    store = open_store(copy_demo_store(tmp_path / "demo.duckdb"))
    ctx = Context(store, "demo", "specialist", TODAY, "light", "demo specialist")
    seen = 0
    for course, facts in progress.gather(store.cursor(), TODAY).items():
        row = facts.situation
        if row["latest"] is None or (seen == 20 and row["baseline"] is not None):
            continue
        seen += row["baseline"] is not None
        back = next(line for line in patient_letter.letter(ctx, course).scores if line[0] == "Back pain")
        assert back[2].split(" of ")[0] == f"{row['latest']:g}"
        before = back[1].split(" ")[0]
        assert before == (f"{row['baseline']:g}" if row["baseline"] is not None else before)
        if row["baseline"] is None:
            assert not before[0].isdigit()
    store.close()
    assert seen == 20
