"""Write made-up facts straight into a store, for tests that claim something about queries and not about imports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import pandas as pd

from plumbline import summary
from plumbline.store import Store

PROCEDURE = date(2026, 1, 10)
VERSION = "kyphoplasty-2026.1"
_NUMBERS = count(1)
_PROVENANCE = {
    "recorded_at": "2026-01-01 00:00:00",
    "recorded_by": "test",
    "source": "test",
    "batch_id": None,
    "retracted_at": None,
    "supersedes": None,
}


def day(number: int) -> date:
    """The date of a day after the usual procedure of these tests."""
    return PROCEDURE + timedelta(days=number)


@dataclass
class Facts:
    """Rows by table, in the order they were added; `write` puts them into a store and refreshes it."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> str:
        """One row; gives its id."""
        identity = f"{table}-{next(_NUMBERS)}"
        key = {"patient": "patient_row_id", "episode": "episode_row_id"}.get(table, f"{table}_id")
        self.rows.setdefault(table, []).append({key: identity} | values | _PROVENANCE)
        return identity

    def clinic(self, clinic_id: str = "c1", **values: Any) -> None:
        """A clinic in UTC unless said otherwise."""
        usual = {
            "clinic_id": clinic_id,
            "name": clinic_id,
            "time_zone": "UTC",
            "amber_budget": 5.0,
            "pain_is_back_pain": False,
        }
        self.rows.setdefault("clinic", []).append(usual | values | _PROVENANCE)

    def patient(self, patient_id: str = "p1", **values: Any) -> None:
        """A patient of clinic c1."""
        usual = {
            "patient_id": patient_id,
            "patient_key": f"key-{patient_id}",
            "birth_date": "1944-05",
            "sex": "female",
            "clinic_id": "c1",
        }
        self.add("patient", **(usual | values))

    def episode(self, episode_id: str = "e1", patient_id: str = "p1", **values: Any) -> None:
        """A kyphoplasty on the usual day."""
        usual = {
            "episode_id": episode_id,
            "episode_key": f"key-{episode_id}",
            "patient_id": patient_id,
            "pathway": "kyphoplasty",
            "timeline_version": VERSION,
            "performed_on": PROCEDURE,
        }
        self.add("episode", **(usual | values))

    def score(self, on_day: int, value: float | None, patient_id: str = "p1", **values: Any) -> str:
        """A done back pain score on a day after the usual procedure."""
        usual = {
            "patient_id": patient_id,
            "instrument": "nrs_back",
            "taken_on": day(on_day),
            "value": value,
            "status": "done",
        }
        return self.add("score", **(usual | values))

    def milestone(
        self, milestone: str, status: str, on_day: int, episode_id: str = "e1", patient_id: str = "p1"
    ) -> str:
        """What was recorded of a milestone on a day."""
        return self.add(
            "milestone_event",
            patient_id=patient_id,
            episode_id=episode_id,
            milestone=milestone,
            status=status,
            happened_on=day(on_day),
        )

    def event(
        self,
        kind: str,
        on_day: int,
        detail: str | None = None,
        episode_id: str = "e1",
        patient_id: str = "p1",
        happened_at: str | None = None,
    ) -> str:
        """An event on a day, at an instant where one is given."""
        return self.add(
            "event",
            patient_id=patient_id,
            episode_id=episode_id,
            kind=kind,
            happened_on=day(on_day),
            happened_at=happened_at,
            detail=detail,
        )

    def medication(
        self,
        drug: str,
        start: int,
        stop: int | None = None,
        opioid: bool | None = None,
        episode_id: str = "e1",
        patient_id: str = "p1",
    ) -> str:
        """A medicine from a day to a day (None: still taken)."""
        stopped = None if stop is None else day(stop)
        return self.add(
            "medication",
            patient_id=patient_id,
            episode_id=episode_id,
            drug=drug,
            started_on=day(start),
            stopped_on=stopped,
            opioid=opioid,
        )

    def write(self, store: Store) -> None:
        """Put every row into the store, in one transaction, and refresh its summary."""
        with store.write() as cursor:
            for table, rows in self.rows.items():
                cursor.register("incoming", pd.DataFrame(rows))
                names = ", ".join(rows[0])
                cursor.execute(f"insert into {table} ({names}) select {names} from incoming")
                cursor.unregister("incoming")
            summary.refresh(cursor, None)


def one_course() -> Facts:
    """A clinic, one patient and one kyphoplasty, without a score."""
    facts = Facts()
    facts.clinic()
    facts.patient()
    facts.episode()
    return facts
