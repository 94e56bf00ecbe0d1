"""A store of a million patients beside one of a tenth: one patient read, the worklist, one entry, side by side.

Thirty million pain scores, twelve million milestones, eight million questionnaires, six million notes; procedures are
spread over twenty years, as in a register that old. What can't be a ratio is told in seconds: to work a day out, to
make one line anew.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

from benchmarks import bulk, read_cost, weeks_cost
from plumbline import sql, summary, worklist
from plumbline.entry.record import save
from plumbline.entry.steps import Add
from plumbline.store import Store, open_store
from plumbline.web.worklist.rows import MOST

SEED, PATIENTS, TIMES, YEARS, ROUNDS = 7, 1000, 1000, 20, 15
PAIN, OTHER, MILESTONES = 1116, 867, 692  # thousandths of what the made-up patients have: 30, 8 and 12 a patient
NUMBERS = (1, 13, 14, 60, 250, 400, 555, 701, 888, 999)
RAW = "select sum(value) from score"  # the least there is to read; the filter to pain alone costs three times as much
RAW_PAIN = "select sum(value) from score where starts_with(instrument, 'nrs_back')"
BARE = "insert into store_meta values ('bench', 'one row')"


@dataclass(frozen=True)
class _Anything:
    """Confirms whatever entry asks about."""

    def __contains__(self, _key: object) -> bool:
        return True

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0


def build(
    path: Path, times: int, as_of: date, patients: int = PATIENTS, progress: bulk.Progress = lambda *_: None
) -> Store:
    """A store of so many times a thousand patients, with its summary."""
    store = open_store(path)
    growth = bulk.Growth(times, YEARS, PAIN, OTHER, MILESTONES)
    bulk.made_up(store, patients, SEED, as_of, growth, progress)
    return store


def measure(
    folder: Path, as_of: date, times: int = TIMES, progress: bulk.Progress | None = None, patients: int = PATIENTS
) -> dict[str, Any]:
    """Build both stores, then measure everything in interleaved rounds."""
    say = progress or (lambda _label, _done, _total: None)
    stores: dict[str, Store] = {}
    built = {}
    try:
        for name, many in (("small", max(1, times // 10)), ("large", times)):
            say("Building large stores", len(stores), 2)
            began = time.perf_counter()
            stores[name] = build(folder / f"{name}.duckdb", many, as_of, patients, say)
            built[name] = round(time.perf_counter() - began, 1)
        large = stores["large"]
        parts = {
            "read": lambda: _read(stores, as_of),
            "worklist": lambda: _worklist(large, as_of),
            "entry": lambda: _entry(large, as_of),
            "weeks": lambda: _weeks(large, folder),
        }
        found: dict[str, Any] = {"counts": _counts(large), "build_s": built}
        for turn, (name, part) in enumerate(parts.items()):
            say("Measuring the large store", turn, len(parts))
            found[name] = part()
        return found
    finally:
        for store in stores.values():
            store.close()


def _counts(store: Store) -> dict[str, int]:
    tables = ("patient", "score", "milestone_event", "note")
    text = " union all ".join(f"select '{table}', count(*) from {table}" for table in tables)  # noqa: S608
    pain = "select 'pain score', count(*) from score where starts_with(instrument, 'nrs_back')"
    with closing(store.cursor()) as cursor:
        return dict(cursor.execute(f"{text} union all {pain}").fetchall())


def _spent(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _rounds(work: dict[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds of each, in interleaved rounds; the first, in which all is cold, doesn't count.

    In a round each runs twice and the quicker counts: a scan of gigabytes leaves the processor's caches empty for
    whatever happens to come after it.
    """
    spent: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(rounds + 1):
        for name, one in work.items():
            seconds = min(_spent(one), _spent(one))
            if turn:
                spent[name].append(seconds)
    return spent


def _ratio(spent: dict[str, list[float]], name: str, other: str) -> float:
    """The median of the ratios within a round: what else the machine does hits both alike."""
    return round(statistics.median(a / b for a, b in zip(spent[name], spent[other], strict=True)), 3)


def _ms(spent: dict[str, list[float]]) -> dict[str, float]:
    return {name: round(1000 * statistics.median(seconds), 1) for name, seconds in spent.items()}


def _read(stores: dict[str, Store], as_of: date) -> dict[str, Any]:
    """All statements of the Patient page, nothing kept, for the same patients in both stores."""
    spent: dict[str, list[float]] = {name: [] for name in stores}
    for turn in range(4):
        for number in NUMBERS:
            episode = f"demo-{number:04d}"
            both = {name: read_cost.one_patient(store, episode, as_of) for name, store in stores.items()}
            if turn and all(seconds == seconds for seconds in both.values()):
                for name, seconds in both.items():
                    spent[name].append(seconds)
    return {"ms": _ms(spent), "large_to_small": _ratio(spent, "large", "small")}


def _worklist(store: Store, as_of: date) -> dict[str, Any]:
    """The lines of one clinic and of all against one raw scan of the scores."""
    worked_out = _spent(lambda: worklist.make_ready(store, as_of))
    cursor = store.cursor()
    clinic, surgeon = cursor.execute("select any_value(clinic_id), any_value(surgeon) from episode_summary").fetchone()
    patient = cursor.execute("select patient_id from worklist_line where verdict = 'slower' limit 1").fetchone()[0]

    def read(clinic_id: str | None = None, surgeon: str | None = None, find: str | None = None) -> None:
        ready = worklist.make_ready(store, as_of)
        deepest = MOST + ready.remade if surgeon is None and find is None else 2**31 - 1
        sql.ask(
            cursor, "worklist/rows_by_course", clinics=None,
            as_of=as_of, clinic_id=clinic_id, surgeon=surgeon, find=find, most=MOST, deepest=deepest,
        )  # fmt: skip
        if find is None:
            sql.ask(
                cursor, "worklist/total_by_verdict", clinics=None, as_of=as_of, clinic_id=clinic_id, surgeon=surgeon
            )
        else:
            sql.ask(
                cursor, "worklist/total_of_found",
                clinics=None, as_of=as_of, clinic_id=clinic_id, surgeon=surgeon, find=find,
            )  # fmt: skip

    def remake() -> None:
        with store.write() as writing:
            summary.refresh(writing, [patient])
        began = time.perf_counter()
        worklist.make_ready(store, as_of)
        remade.append(time.perf_counter() - began)

    remade: list[float] = []
    spent = _rounds(
        {
            "raw": lambda: cursor.execute(RAW).fetchall(),
            "raw_pain": lambda: cursor.execute(RAW_PAIN).fetchall(),
            "one": lambda: read(clinic_id=clinic),
            "all": read,
            "surgeon": lambda: read(surgeon=surgeon),
            "find": lambda: read(find=str(patient)),
        }
    )
    for _ in range(5):
        remake()
    return {
        "ms": _ms(spent),
        "work_out_s": round(worked_out, 1),
        "remake_ms": round(1000 * statistics.median(remade), 1),
        "one_to_raw": _ratio(spent, "one", "raw"),
        "all_to_raw": _ratio(spent, "all", "raw"),
    }


def _weeks(store: Store, folder: Path) -> dict[str, Any]:
    """Quartiles by week from the cube against one raw scan of the scores, and against others from Parquet."""
    ours, others = weeks_cost.work(store, folder)
    cursor = store.cursor()
    spent = _rounds({"raw": lambda: cursor.execute(RAW).fetchall(), **ours})
    beside = {name: [_spent(one) for _ in range(2)] for name, one in others.items()}
    return {
        "ms": _ms(spent) | {name: round(1000 * min(seconds), 1) for name, seconds in beside.items()},
        "one_to_raw": _ratio(spent, "one", "raw"),
        "all_to_raw": _ratio(spent, "all", "raw"),
        "to_ours": {
            name: round(min(seconds) / statistics.median(spent[name.rpartition("_")[2]]), 1)
            for name, seconds in beside.items()
        },
    }


def _entry(store: Store, as_of: date) -> dict[str, Any]:
    """One score entered, checks, history and summary included, against a bare row in a transaction of its own."""
    text = "select episode_id, patient_id, performed_on from episode_summary where episode_id = 'demo-0014'"
    episode, patient, performed_on = store.cursor().execute(text).fetchone()
    days = iter(range(1, 1000))

    def bare() -> None:
        with store.write() as cursor:
            cursor.execute(BARE)

    def entered() -> None:
        moment = {"moment_on": min(as_of, performed_on + timedelta(days=next(days))), "moment_time": clock(3, 7)}
        score = {"instrument": "nrs_back", "status": "done", "value": 3.0, **moment}
        save(store, "bench", episode, [Add("score", score)], confirmed=_Anything())

    def refreshed() -> None:
        with store.write() as cursor:
            summary.refresh(cursor, [patient])

    spent = _rounds({"bare": bare, "entered": entered, "refreshed": refreshed})
    return {"ms": _ms(spent), "to_bare": _ratio(spent, "entered", "bare")}
