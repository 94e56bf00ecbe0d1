"""A store with two patients, whose links tests make, try and take back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plumbline import audit
from plumbline.store import Store, open_store
from tests.facts import Facts

BORN = "1944-12-31"
STAFF = audit.Actor("anna", "specialist")
HOME, NETWORK = "203.0.113.7/32", "203.0.113.0/24"


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    """Two patients, of a clinic each; the procedure was two weeks ago. The second's birthday isn't known."""
    opened = open_store(empty_store)
    facts = Facts()
    performed = datetime.now(UTC).date() - timedelta(days=14)
    for patient, clinic, born in (("p1", "c1", BORN), ("p2", "c2", "1944-12")):
        facts.clinic(clinic)
        facts.patient(patient, clinic_id=clinic, birth_date=born)
        facts.episode(f"e-{patient}", patient_id=patient, performed_on=performed)
    facts.write(opened)
    yield opened
    opened.close()


def on_record(store: Store, *events: str) -> list[tuple[str, str, str]]:
    """Event, actor and object of the record, the oldest first."""
    rows = audit.search(store.cursor(), most=1000)
    told = [(row["event"], row["actor"], row["object_key"]) for row in reversed(rows)]
    return [row for row in told if not events or row[0] in events]
