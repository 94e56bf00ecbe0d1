"""A process killed while people enter: no acknowledged entry is lost, none is half there, the summary is true."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plumbline import sql
from plumbline.store import open_store
from plumbline.verify import verify
from tests.conftest import environment

pytestmark = pytest.mark.slow

KILLS = 20
WRITER = """
import datetime, itertools, sys
from plumbline.entry.record import save, undo
from plumbline.entry.steps import Add, Correct, Retract
from plumbline.store import open_store
store = open_store(sys.argv[1])
start = datetime.datetime(2026, 2, 1) + datetime.timedelta(hours=int(sys.argv[2]))
for number in itertools.count():
    at = start + datetime.timedelta(seconds=number)
    when = {"moment_on": at.date(), "moment_time": at.time()}
    steps = [Add("score", {"instrument": "odi", "value": 40, "status": "done", **when})]
    steps += [Add("note", {"kind": "visit", "text": f"{sys.argv[2]} {number}", **when})]
    first = save(store, "nurse", "e1", steps, confirmed=Meant())
    print(first.entry_id, flush=True)
    other = [Correct("score", first.fact_ids[0], {"value": 41})]
    second = save(store, "nurse", "e1", other, why="slip", confirmed=Meant())
    print(second.entry_id, flush=True)
    print(undo(store, "nurse", second.entry_id).entry_id, flush=True)
"""
MEANT = "class Meant:\n    def __contains__(self, key): return True\n"
WRONG = """
with told as (
    select entry_id, action, count(*) as changes from change group by all
),
fact as (
    select score_id as fact_id, recorded_at, retracted_at, source from score
    union all select note_id, recorded_at, retracted_at, source from note
)
select 'half an entry', entry_id from told where action = 'added' and changes <> 2
union all
select 'a change without its fact', c.change_id
from change c left join fact f on f.fact_id = c.fact_id where c.fact_id is not null and f.fact_id is null
union all
select 'a fact without its change', f.fact_id
from fact f left join change c on c.fact_id = f.fact_id where f.source = 'entered' and c.change_id is null
union all
select 'a row that was to be retracted', c.change_id
from change c join fact f on f.fact_id = c.previous_id where f.retracted_at is null
"""


def test_twenty_kills_lose_nothing_that_was_acknowledged(prepared: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(prepared, tmp_path / "store.duckdb"))
    chance = random.Random(7)
    acknowledged: list[str] = []
    for number in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", MEANT + WRITER, str(path), str(number)],
            cwd=sql.ROOT,
            env=environment(None),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        acknowledged.append(process.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.5))
        process.kill()
        lines = process.stdout.read().splitlines(keepends=True)
        acknowledged += [line.strip() for line in lines if line.endswith("\n")]
        process.wait()
    store = open_store(path)
    cursor = store.cursor()
    stored = {entry for (entry,) in cursor.execute("select distinct entry_id from change").fetchall()}
    assert len(acknowledged) > KILLS
    assert set(acknowledged) <= stored
    assert len(stored - set(acknowledged)) <= KILLS, "at most the one that was under way at each kill"
    assert cursor.execute(WRONG).fetchall() == []
    assert verify(store) == []
    store.close()
