"""One patient with a kyphoplasty and a few scores, in a store of a test's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plumbline.entry.record import Saved, save
from plumbline.entry.steps import Refused, Step
from plumbline.store import Store, open_store
from tests.facts import day, one_course

BY = "Dr Test"


@pytest.fixture(scope="module")
def prepared(empty_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(empty_original, tmp_path_factory.mktemp("entry") / "prepared.duckdb"))
    store = open_store(path)
    facts = one_course()
    facts.patient("p2")
    facts.episode("e2", "p2")
    facts.patient("p3")
    facts.score(-3, 8)
    for number, value in ((7, 5), (14, 3), (21, 2), (28, 2), (35, 2)):
        facts.score(number, value)
    facts.write(store)
    store.close()
    return path


@pytest.fixture
def store(prepared: Path, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(shutil.copy(prepared, tmp_path / "store.duckdb"))
    yield opened
    opened.close()


def score(on_day: int, value: float | None, **values: Any) -> dict[str, Any]:
    """What the form of a back pain score gives, on a day after the procedure."""
    return {"instrument": "nrs_back", "status": "done", "moment_on": day(on_day), "value": value} | values


def saved(store: Store, *steps: Step, episode_id: str = "e1", why: str | None = None) -> Saved:
    """Save as somebody who says yes to everything unusual."""
    try:
        return save(store, BY, episode_id, steps, why=why)
    except Refused as refused:
        meant = {found.key for found in refused.findings if found.severity == "unusual"}
        if len(meant) < len(refused.findings):
            raise
        return save(store, BY, episode_id, steps, why=why, confirmed=meant)


def found(
    store: Store, *steps: Step, episode_id: str = "e1", why: str | None = None
) -> dict[str, tuple[str, str, str]]:
    """What is said against an entry: severity, field and sentence by rule."""
    try:
        save(store, BY, episode_id, steps, why=why)
    except Refused as refused:
        return {one.rule: (one.severity, one.field, one.text) for one in refused.findings}
    return {}


def current_scores(store: Store, patient_id: str = "p1") -> list[tuple[date, float | None]]:
    """The scores that count now."""
    text = "select taken_on, value from score where patient_id = $p and retracted_at is null order by all"
    return store.cursor().execute(text, {"p": patient_id}).fetchall()
