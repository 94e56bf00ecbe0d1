"""Made-up answers to the demo's flags, from the planted truth: acted on where it is true, dismissed where it isn't."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from plumbline import flag_runs, sql
from plumbline.store import Store

STEP_LASTS = 120
ACTS = {"red_flag": ["emergency", "imaging", "seen_soon"], "new_problem": ["imaging", "seen_soon", "called"]}
ACTS["slower"] = ["called", "referred", "medicine"]
REASONS = ["known_cause", "measurement", "not_related", "as_expected", "duplicate"]
MEDIAN_DAYS = {"red_flag": 0.2, "new_problem": 1.2, "slower": 3.0}
OWNERS = ["Nurse Demo Willow", "Nurse Demo Reed"]
_FIELDS = pa.schema([
    *((name, pa.string()) for name in ("flag_action_id", "patient_id", "episode_id", "rule", "subject")),
    ("on_date", pa.date32()), ("action", pa.string()), ("answer", pa.string()), ("words", pa.string()),
    ("owner", pa.string()), ("due_on", pa.date32()), ("recorded_at", pa.timestamp("us")),
])  # fmt: skip
Row = dict[str, Any]


def add(store: Store, truth: dict[str, Any], seed: int, until: date) -> None:
    """Answer most flags raised before `until`; the same truth, seed and date give the same answers."""
    flag_runs.refresh(store)
    planted = {row["episode_id"]: row for row in truth["episodes"]}
    rng = np.random.default_rng([seed, 8])
    rows: list[Row] = []
    for run in sql.rows(store.cursor(), "flag/state_by_run", as_of=until - timedelta(days=1), episode_id=None):
        rows += _answers(run, _is_true(run, planted.get(run["episode_id"])), rng, until)
    for number, row in enumerate(rows):
        row["flag_action_id"] = f"demo-flag-{number:05d}"
    with store.write() as cursor:
        cursor.register("answered", pa.Table.from_pylist(rows, schema=_FIELDS))
        sql.run(cursor, "demo/add_answers")
        cursor.unregister("answered")


def _is_true(run: Row, planted: Row | None) -> bool:
    """A danger sign is true; a rise is where a step was planted before it; slow is slow."""
    if run["verdict"] == "red_flag" or planted is None:
        return True
    day = (run["raised_on"] - date.fromisoformat(planted["performed_on"])).days
    stepped = planted["step"] is not None and 0 <= day - planted["step"]["day"] <= STEP_LASTS
    return stepped or (run["verdict"] == "slower" and bool(planted["slow"]))


def _answers(run: Row, is_true: bool, rng: np.random.Generator, until: date) -> list[Row]:
    """What was done, in order, while the flag was open; something is left for the one who looks at the demo."""
    seen_after = float(rng.lognormal(np.log(MEDIAN_DAYS[run["verdict"]]), 0.9))
    then_after = float(rng.lognormal(np.log(1.5), 0.8))
    luck, act_true = rng.random(), rng.random() < (0.9 if is_true else 0.15)
    answer = str(rng.choice(ACTS[run["verdict"]] if act_true else REASONS))
    owner = str(rng.choice(OWNERS))
    raised = max(run["known_at"], datetime.combine(run["raised_on"], time(8)))
    seen = raised + timedelta(days=seen_after)
    end = datetime.combine(min(run["cleared_on"] or until, until), time())
    if luck < 0.12 or seen >= end:
        return []
    about = {name: run[name] for name in ("patient_id", "episode_id", "rule", "subject")}
    rows = [about | {"action": "acknowledge", "recorded_at": seen}]
    then = seen + timedelta(days=then_after)
    if luck < 0.3 and then < end:
        rows[0] |= {"action": "assign", "owner": owner, "due_on": (then + timedelta(days=3)).date()}
    # a new problem that is dismissed is also closed; the demo's facts stay as they were imported
    if luck > 0.2 and then < end and (act_true or run["verdict"] == "slower" or not run["is_open"]):
        rows.append(about | {"action": "act" if act_true else "dismiss", "answer": answer, "recorded_at": then})
    return [row | {"on_date": row["recorded_at"].date()} for row in rows]
