"""What a page for a patient is made of: asked once, in sets, and free of any language. Nothing is judged here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from plumbline import sql

Row = dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """What is known of one course as of a day, as rows of queries/progress."""

    as_of: date
    situation: Row
    person: Row
    scores: list[Row]
    edges: list[Row]
    ticks: list[int]
    steps: list[Row]
    cards: list[Row]
    notes: list[Row]
    lines: list[Row]
    signs: list[Row]
    answers: dict[str, str]


def gather(cursor: Any, as_of: date, episode_id: str | None = None) -> dict[str, Facts]:
    """The facts of one course, or of all (None), by course; a closed one's situation is null."""
    situations = sql.rows(cursor, "progress/situation_by_course", as_of=as_of, episode_id=episode_id)
    people = {row["episode_id"]: row for row in sql.rows(cursor, "progress/person_by_course", episode_id=episode_id)}
    scores = _by_course(sql.run(cursor, "progress/score_by_course", as_of=as_of, episode_id=episode_id))
    edges = _by_course(sql.run(cursor, "progress/edge_by_course", as_of=as_of, episode_id=episode_id))
    ticks = _by_course(sql.run(cursor, "progress/tick_by_course", as_of=as_of, episode_id=episode_id))
    steps = _by_course(sql.run(cursor, "progress/step_by_course", as_of=as_of, episode_id=episode_id))
    cards = _by_course(sql.run(cursor, "progress/card_by_course", as_of=as_of, episode_id=episode_id))
    notes = _by_course(sql.run(cursor, "progress/note_by_course", as_of=as_of, episode_id=episode_id))
    told = sql.rows(cursor, "progress/line_by_situation")
    signs = sql.rows(cursor, "progress/sign_by_turn")
    answers = {row["answer"]: row["title"] for row in sql.rows(cursor, "progress/answer_by_code")}
    return {
        one: Facts(
            as_of, row, people[one], scores[one], edges[one], [tick["day"] for tick in ticks[one]], steps[one],
            cards[one], notes[one], [line for line in told if line["situation"] == row["situation"]], signs, answers,
        )
        for row in situations
        if (one := row["episode_id"]) in people
    }  # fmt: skip


def _by_course(result: Any) -> dict[str, list[Row]]:
    names = [column[0] for column in result.description]
    found: dict[str, list[Row]] = defaultdict(list)
    for values in result.fetchall():
        row = dict(zip(names, values, strict=True))
        found[row["episode_id"]].append(row)
    return found
