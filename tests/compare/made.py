"""Small clinics whose patients anybody can count: scores before and at visits, one row a patient."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from plumbline import compare
from plumbline.compare import Ask, Chosen, Comparison
from tests.facts import Facts, day

LATER = day(121)  # the window of month 3 is over


def clinics(**scores: Sequence[float | None]) -> Facts:
    """A clinic for each keyword; each value is a patient's pain at day 90, None where nothing came. Before it was 8."""
    facts = Facts()
    for clinic_id, values in scores.items():
        facts.clinic(clinic_id)
        for number, value in enumerate(values):
            add(facts, f"{clinic_id}-{number:03d}", clinic_id, {} if value is None else {90: value})
    return facts


def add(
    facts: Facts, name: str, clinic_id: str, scores: dict[int, float], before: float | None = 8.0, **patient: Any
) -> None:
    """One patient with one procedure on the usual day, called by one name."""
    facts.patient(name, **{"clinic_id": clinic_id, "died_on": None, **patient})
    facts.episode(name, name)
    for on_day, value in ({} if before is None else {-3: before}).items():
        facts.score(on_day, value, name)
    for on_day, value in scores.items():
        facts.score(on_day, value, name)


def chosen(cursor: Any, *clinic_ids: str) -> list[Chosen]:
    """The procedures of each clinic, as a cohort by that filter."""
    text = "select episode_id from episode_summary where clinic_id = $clinic order by episode_id"
    return [
        Chosen(one, cursor.execute(text, {"clinic": one}).df(), f"clinic {one}", "", None, (("clinic", (one,)),))
        for one in clinic_ids
    ]


def listed(name: str, episodes: Sequence[str], **filters: Any) -> Chosen:
    """A cohort of these procedures."""
    frame = pd.DataFrame({"episode_id": pd.Series(list(episodes), dtype=object)})
    return Chosen(name, frame, filters=tuple(filters.items()))


def of(store: Any, *clinic_ids: str, **ask: Any) -> Comparison:
    """The comparison of some clinics, at 3 months unless asked otherwise."""
    cursor = store.cursor()
    return compare.of(cursor, chosen(cursor, *clinic_ids), Ask(**{"as_of": LATER, **ask}))
