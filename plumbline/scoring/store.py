"""Raw items beside the score that was made of them, as facts of their own, with the rule that was used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from plumbline import sql
from plumbline.scoring.items import DONE, Scored

_COLUMNS = ("patient_id", "instrument", "taken_on", "taken_at", "item", "answer", "points", "scoring_rule", "coding")


@dataclass(frozen=True)
class Origin:
    """Who records when (UTC), from where: the same as of the scores themselves."""

    recorded_at: datetime
    recorded_by: str
    source: str
    batch_id: str | None = None


@dataclass(frozen=True)
class Questionnaire:
    """One scored questionnaire, by the key of the score that was stored for it."""

    patient_id: str
    taken_on: date
    taken_at: datetime | None
    scored: Scored


def keep_items(cursor: Any, questionnaires: Iterable[Questionnaire], origin: Origin) -> int:
    """Keep the items of scores that are stored already; gives how many rows were added.

    Call it inside the writer's transaction, after the scores are there. A questionnaire without a score has no items
    kept. Items that are there already stay; one that differs is retracted, and the new one supersedes it.
    """
    frame = pd.DataFrame(list(_rows(questionnaires)), columns=list(_COLUMNS)).astype(
        {"taken_on": "datetime64[us]", "taken_at": "datetime64[us]", "points": "Int64"}
    )
    cursor.register("incoming_item", frame)
    try:
        sql.run(cursor, "scoring/retract_items", now=origin.recorded_at)
        added = sql.run(
            cursor, "scoring/add_items",
            now=origin.recorded_at, recorded_by=origin.recorded_by, source=origin.source, batch_id=origin.batch_id,
        ).fetchone()  # fmt: skip
    finally:
        cursor.unregister("incoming_item")
    return int(added[0])


def items_of(cursor: Any, score_id: str) -> list[dict[str, Any]]:
    """The current items of one score, in their order: item, answer, points, scoring_rule, coding."""
    return sql.rows(cursor, "scoring/item_of_score", score_id=score_id)


def _rows(questionnaires: Iterable[Questionnaire]) -> Iterable[tuple[Any, ...]]:
    for one in questionnaires:
        if one.scored.status != DONE:
            continue
        key = (one.patient_id, one.scored.instrument, one.taken_on, one.taken_at)
        told = zip(one.scored.answers, one.scored.points, strict=True)
        for number, (answer, points) in enumerate(told, 1):
            yield (*key, number, answer, points, one.scored.rule, one.scored.coding)
