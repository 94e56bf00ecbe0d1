"""A call list saved from the past says as of which instant it was known, so that nobody calls from an old one."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from plumbline.known import as_known
from plumbline.store import Store, open_store
from plumbline.web.followups import data
from plumbline.web.followups.data import Asked
from plumbline.web.ui import Context
from tests.facts import Facts
from tests.known.history import TODAY, ago, write


def rows(store: Store) -> tuple[str, list[dict[str, str]]]:
    ctx = Context(store, "demo", "specialist", TODAY, "light", "demo specialist")
    return data.file_name(ctx), list(csv.DictReader(io.StringIO(data.file(ctx, Asked()).decode("utf-8-sig"))))


def test_a_call_list_of_the_past_says_its_instant_in_each_line_and_in_its_name(empty_store: Path) -> None:
    with closing(open_store(empty_store)) as store:
        facts = Facts()
        facts.clinic(time_zone="Europe/Berlin")
        facts.patient()
        facts.episode(performed_on=ago(92))
        write(store, facts)
        instant = datetime.now(UTC).replace(tzinfo=None)
        name, now = rows(store)
        assert name == f"calls-{TODAY}.csv"
        assert "As known on" not in now[0]
        name, then = rows(as_known(store, instant))
        assert name == f"calls-{TODAY}-as-known-on-{instant:%Y-%m-%dT%H%M%S}Z.csv"
        assert [row.pop("As known on")[:4].strip() != "" for row in then] == [True]
        assert then == now
