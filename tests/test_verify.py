"""A sound store is told from one in which something was broken by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plumbline.store import open_store
from plumbline.verify import verify
from tests.test_cli import ask

BROKEN = {
    # a second score of one moment may change the summary, too
    "insert into score from (select * replace ('twin' as score_id) from score where score_id = (select min(score_id) "
    "from score where retracted_at is null))": {"one current row for each key"},
    "update note set patient_id = 'nobody' where note_id = (select min(note_id) from note)": {
        "every fact has its patient and its episode"
    },
    "update episode_summary set baseline = 9.5 where episode_id = (select min(episode_id) from episode_summary)": {
        "the summaries are what the facts give"
    },
    "update score set episode_id = null where score_id = (select min(score_id) from score where episode_id is not null "
    "and retracted_at is null)": {"every score stands in its course"},
    "delete from flag_run where episode_id = (select min(episode_id) from flag_run)": {
        "the flags are what the facts give"
    },
}


@pytest.mark.slow
def test_the_demo_store_is_sound_and_stays_as_it_is(demo_store: Path, tmp_path: Path) -> None:
    path = shutil.copy(demo_store, tmp_path / "sound.duckdb")
    ended = ask("verify", "--store", path)
    assert (ended.returncode, "sound" in ended.stdout) == (0, True)


@pytest.mark.parametrize("broken", sorted(BROKEN))
@pytest.mark.slow
def test_what_is_broken_is_found_and_left_as_it_is(
    copy_demo_store: Callable[[Path], Path], tmp_path: Path, broken: str
) -> None:
    store = open_store(copy_demo_store(tmp_path / "broken.duckdb"))
    with store.write() as cursor:
        cursor.execute(broken)
    kept = store.cursor().execute("from episode_summary order by episode_id").fetchall()
    found = {line["check"]: line for line in verify(store)}
    assert set(found) >= BROKEN[broken]
    assert [(found[name]["found"], len(found[name]["such_as"])) for name in BROKEN[broken]] == [(1, 1)]
    assert store.cursor().execute("from episode_summary order by episode_id").fetchall() == kept
    store.close()
    if broken == min(BROKEN):  # the command says what the check found, whatever that was
        assert ask("verify", "--store", tmp_path / "broken.duckdb").returncode == 1
