"""Items kept beside their score: which, by which rule, and what becomes of them when another answer comes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from plumbline import sql
from plumbline.scoring import score_items
from plumbline.scoring.store import Origin, Questionnaire, items_of, keep_items
from plumbline.store import Store, open_store
from plumbline.verify import verify
from tests.facts import day, one_course


def kept(store: Store, answers: list[object], at: int = 0) -> int:
    scored = score_items("odi", answers, coding="1-6")
    origin = Origin(datetime(2026, 3, 1, 9, at), "tests", "test", "batch-1")
    with store.write() as cursor:
        return keep_items(cursor, [Questionnaire("p1", day(42), None, scored)], origin)


def test_the_items_and_the_rule_are_kept_with_the_score(empty_store: Path) -> None:
    store = open_store(empty_store)
    facts = one_course()
    score_id = facts.score(42, 20, instrument="odi", taken_at=None)
    facts.write(store)
    assert kept(store, [2] * 9 + [""]) == 10
    found = items_of(store.cursor(), score_id)
    assert [(row["item"], row["answer"], row["points"]) for row in found] == [
        *((item, "2", 1) for item in range(1, 10)),
        (10, None, None),
    ]
    assert {(row["scoring_rule"], row["coding"]) for row in found} == {("odi_percent", "1-6")}
    said = sql.rows(store.cursor(), "history/said_by_score", patient_id="p1")[0]["said"]
    assert said.startswith("20, from 9 of 10 items (100 x sum")
    assert verify(store) == []
    store.close()


def test_the_same_items_are_kept_once_and_another_answer_supersedes(empty_store: Path) -> None:
    store = open_store(empty_store)
    facts = one_course()
    score_id = facts.score(42, 20, instrument="odi", taken_at=None)
    facts.write(store)
    assert [kept(store, [2] * 10), kept(store, [2] * 10, 1), kept(store, [3] + [2] * 9, 2)] == [10, 0, 1]
    assert [row["points"] for row in items_of(store.cursor(), score_id)] == [2] + [1] * 9
    old = (
        "select count(*) from score_item n "
        "join score_item o on o.score_item_id = n.supersedes and o.retracted_at = n.recorded_at"
    )
    assert store.cursor().execute(old).fetchone() == (1,)
    store.close()


def test_a_questionnaire_without_a_score_keeps_nothing(empty_store: Path) -> None:
    store = open_store(empty_store)
    one_course().write(store)
    assert kept(store, [2] * 10) == 0
    assert kept(store, [2] * 3 + [""] * 7) == 0
    store.close()
