"""What holds for any file: one end for each row, nothing new the second time, no order that matters."""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbline import intake
from plumbline.store import open_store
from tests.intake.conftest import Desk

pytestmark = pytest.mark.slow
SETTINGS = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
PATIENT = st.sampled_from(["p1", "p2", "p3", "p9", "", " p1 "])
MOMENT = st.sampled_from(
    [
        *("2026-01-04", "2026-01-06", "2026-01-06T10:00", "2026-01-06T15:00Z", "2026-02-30", "2999-01-01", ""),
        *("2026-03-08T02:30", "1900-01-01", "6.1.2026"),
    ]
)
SCORE = st.fixed_dictionaries(
    {
        "patient_id": PATIENT,
        "taken_at": MOMENT,
        "instrument": st.sampled_from(["nrs_back", "tug", "odi", "nrs", ""]),
        "value": st.sampled_from(["0", "5", "7", "7.0", " 7 ", "11", "-1", "3.7", "NaN", "7,5", ""]),
        "status": st.sampled_from(["", "done", "unable", "lost"]),
        "context": st.sampled_from(["", "rest", "BEFORE", 'a "quoted", word', "two\nlines"]),
    }
)
PERSON = st.fixed_dictionaries(
    {
        "patient_id": PATIENT,
        "birth_date": st.sampled_from(["", "1944", "1944-05", "1944-05-17", "2030", "1944-13"]),
        "sex": st.sampled_from(["", "F", "female", "M", "x"]),
        "clinic": st.sampled_from(["north", "south", "west", ""]),
        "phone": st.sampled_from(["", "555 1", "555 2"]),
        "died_on": st.sampled_from(["", "", "2026-05-01", "1943-01-01"]),
    }
)
EVENT = st.fixed_dictionaries(
    {
        "episode_id": st.sampled_from(["e1", "e2", "e9"]),
        "kind": st.sampled_from(["fall", "new_fracture", "red_flag_closed", "party"]),
        "on": MOMENT,
        "level": st.sampled_from(["", "L1", "l1", "L9"]),
        "detail": st.sampled_from(["", "calf", "MRI"]),
    }
)
FILES = st.fixed_dictionaries(
    {
        "scores": st.lists(SCORE, max_size=14),
        "patients": st.lists(PERSON, max_size=5),
        "events": st.lists(EVENT, max_size=8),
    }
)
Rows = dict[str, list[dict[str, str]]]


def written(rows: Rows, shuffle: random.Random | None = None, delimiter: str = ",") -> dict[str, str | bytes]:
    """The rows as files; shuffled: their rows and columns, and how they are spread over files, in another order."""
    files: dict[str, str | bytes] = {}
    for name, some in rows.items():
        if not some:
            continue
        columns, order = list(some[0]), list(some)
        if shuffle:
            shuffle.shuffle(columns)
            shuffle.shuffle(order)
        half = len(order) // 2 if shuffle else 0
        for part, piece in {f"{name}.csv": order[half:], f"0/{name}.csv": order[:half]}.items():
            if piece:
                out = io.StringIO()
                writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator="\n")
                writer.writeheader()
                writer.writerows(piece)
                files[part] = out.getvalue()
    return files


def ends(result: intake.ImportResult) -> dict[str, int]:
    return {name: count for name, count in result.totals.items() if name != "rows"}


@pytest.fixture
def clear(desk: Desk, known_file: Path) -> Any:
    """Bring the store back to what the desk started with."""

    def back() -> Desk:
        desk.store.close()
        shutil.copy(known_file, desk.store.path)
        desk.store = open_store(desk.store.path)
        return desk

    return back


@SETTINGS
@given(rows=FILES)
def test_every_row_has_one_end_and_twice_is_unchanged(clear: Any, rows: Rows) -> None:
    desk = clear()
    if not any(rows.values()):
        return
    files = written(rows)
    first = desk.take(files)
    assert first.totals["rows"] == sum(len(some) for some in rows.values())
    facts, counts = desk.facts(), [desk.all_rows(table) for table in desk.facts()]
    again = desk.take(files)
    assert again.totals["accepted"] == 0
    assert again.totals["rejected"] == first.totals["rejected"]
    assert (desk.facts(), [desk.all_rows(table) for table in facts]) == (facts, counts)


@SETTINGS
@given(rows=FILES, seed=st.integers(0, 2**32))
def test_no_order_matters(clear: Any, rows: Rows, seed: int) -> None:
    if not any(rows.values()):
        return
    desk = clear()
    first = desk.take(written(rows))
    facts = desk.facts()
    desk = clear()
    other = desk.take(written(rows, random.Random(seed), delimiter=";"))
    assert desk.facts() == facts
    assert other.totals["rejected"] == first.totals["rejected"]


@SETTINGS
@given(rows=FILES)
def test_what_is_stored_keeps_every_key_once(clear: Any, rows: Rows) -> None:
    desk = clear()
    if not any(rows.values()):
        return
    desk.take(written(rows), replace=True)
    for table, key in {
        "patient": "patient_id",
        "score": "patient_id, instrument, taken_on, taken_at",
        "event": "episode_id, kind, happened_on, happened_at, level, "
        "case when kind = 'red_flag_closed' then detail end",
    }.items():
        keys = desk.rows(table, key)
        assert len(set(keys)) == len(keys)
    assert all(value is None or 0 <= value <= 10 for (value,) in desk.rows("score", "value") if value != 11)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_no_bytes_are_too_odd(desk: Desk, content: bytes) -> None:
    desk.take({"scores.csv": b"patient_id,taken_at,instrument,value\n" + content, "x.json": content, "y.csv": content})


# what UTF-8 looks like that was taken for another encoding: named, and not stored so
GARBLED = re.compile("â€|[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, min_size=1, max_size=6))
def test_any_text_is_kept_as_it_is(clear: Any, texts: list[str]) -> None:
    desk = clear()
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["episode_id", "written_at", "kind", "text"])
    writer.writerows(["e1", "2026-01-07", "visit", text] for text in texts)
    blank = " \t\r\n\u00a0\ufeff"
    result = desk.take({"notes.csv": out.getvalue()})
    garbled = [text for text in texts if GARBLED.search(text)]
    kept = {text.strip(blank) for text in texts if text not in garbled} - {""}
    assert {row[0] for row in desk.rows("note", "text")} == kept
    assert result.totals["rejected"] == len(garbled) + sum(not text.strip(blank) for text in texts)


LEAF = st.one_of(st.none(), st.booleans(), st.integers(-5, 20), st.floats(allow_nan=False), st.text(max_size=8))
TREE = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spoilt=st.dictionaries(
        st.sampled_from(
            [
                "id",
                "status",
                "code",
                "subject",
                "effectiveDateTime",
                "valueQuantity",
                "meta",
                "component",
                "dataAbsentReason",
                "name",
                "birthDate",
                "telecom",
                "gender",
                "managingOrganization",
                "performedDateTime",
                "bodySite",
                "performer",
                "onsetDateTime",
                "verificationStatus",
            ]
        ),
        TREE,
        max_size=4,
    )
)
def test_no_resource_is_too_odd(desk: Desk, spoilt: dict[str, Any]) -> None:
    from tests.intake import test_fhir as fhir

    whole = [fhir.patient("z"), fhir.pain("z"), fhir.kyphoplasty("z"), fhir.fracture("z")]
    result = fhir.take(desk, *({**one, **spoilt} for one in whole))
    assert result.totals["rows"] == 4
