"""The YAML of a mapping: what isn't known is refused with its place, and what is written is read back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline.intake import moments
from plumbline.intake.mapping import Cell, Mapping, MappingRefused, Rule

PATIENT = "name: m\npatient: {id: pid, clinic: {fixed: north}}\n"
EPISODE = "episode: {performed_at: op}\n"


@pytest.mark.cases
@pytest.mark.parametrize(
    ("yaml", "fault"),
    [
        (PATIENT + "patients: {}\n", "patients: is not known here; allowed: name, version"),
        (PATIENT.replace("id: pid", "id: {colum: pid}"), "patient.id.colum: is not known here; allowed: column"),
        (PATIENT.replace("id: pid", "id: {column: pid, fixed: x}"), "patient.id: give exactly one of column, fixed"),
        (PATIENT.replace("id: pid, ", ""), "patient.id: is not there"),
        (PATIENT.replace("name: m", "name: a b"), "name: give one"),
        (PATIENT + "reading: {date_order: us}\n", "reading.date_order: write day-first or month-first"),
        (PATIENT + "scores: {value: x}\n", "scores: is no list"),
        (PATIENT + "scores: [{value: x}]\n", "scores[0].instrument: is not there"),
        (PATIENT + "milestones: [{milestone: {fixed: stairs}, status: s, on: d}]\n", "belongs to a procedure"),
        (PATIENT + "scores: [{value: x, instrument: i, taken_at: {offset: 1 d}}]\n", "counts from the procedure"),
        (
            PATIENT + EPISODE + "scores: [{value: x, instrument: i, taken_at: {offset: 3 bananas}}]\n",
            "scores[0].taken_at.offset: write how long after",
        ),
        (
            PATIENT + EPISODE + "scores: [{value: x, instrument: i, taken_at: {visit: week_99}}]\n",
            "scores[0].taken_at.visit: one of baseline",
        ),
        (
            PATIENT + "episode: {performed_at: {fixed: 2020-01-01}}\n"
            "scores: [{value: x, instrument: i, taken_at: {offset: 30 min}}]\n",
            "needs a time of day, as in 2020-01-01T12:00",
        ),
        (PATIENT + "shape: [a, b]\n", "pid is not in shape"),
        (PATIENT + "name: n\n", "name stands twice"),
        ("a: &x [1]\nb: *x\n", "an alias (*) is not read here"),
        ("[" * 5000, "this is no"),
        ("- 1\n", "the file: is no group"),
        ("name: [", "this is no YAML"),
    ],
)
def test_what_is_not_known_is_refused_with_its_place_and_what_is_allowed(yaml: str, fault: str) -> None:
    with pytest.raises(MappingRefused) as refused:
        Mapping.from_yaml(yaml)
    assert fault in str(refused.value)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(MappingRefused) as refused:
        Mapping.from_yaml("name: a b\nversion: 0\nfoo: 1\n")
    assert len(refused.value.faults) == 4


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    mapping = Mapping.from_yaml(
        PATIENT + EPISODE + "events: [{kind: {column: k, values: {no: ~, on: fall, 1.0: died}}, on: on}]\n"
    )
    kind = mapping.rules[-1].cells["kind"]
    assert kind.values == {"no": None, "on": "fall", "1.0": "died"}
    assert mapping.rules[-1].cells["on"].column == "on"


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12).filter(str.strip)


@given(
    column=TEXT, fixed=TEXT, values=st.dictionaries(TEXT, TEXT, max_size=3), remark=st.text(max_size=20),
    missing=st.lists(TEXT, max_size=3), question=TEXT,
)  # fmt: skip
def test_a_mapping_is_read_back_as_it_was_written(
    column: str, fixed: str, values: dict[str, str], remark: str, missing: list[str], question: str
) -> None:
    patient = {
        "patient_id": Cell(column=column, missing=tuple(missing), values=dict(values)),
        "clinic": Cell(fixed=fixed),
    }
    mapping = Mapping(
        "m", (Rule("patients", patient),), missing=tuple(missing), shape=(column,), questions=(question,),
        remarks={"patient.id": remark, "name": remark},
    )  # fmt: skip
    back = Mapping.from_yaml(mapping.to_yaml())
    kept = {key: to for key, to in values.items() if to not in {"~", "null"}}
    if kept == values:
        assert back == mapping
        assert back.digest == mapping.digest


@pytest.mark.parametrize(
    ("text", "minutes", "days"),
    [
        ("30 min", 30, None), ("4 h", 240, None), ("1 d", None, 1), ("week 2", None, 14), ("2 weeks", None, 14),
        ("month 3", None, 91), ("-7 d", None, -7), ("week_6", None, 42), ("1 year", None, 365),
    ],
)  # fmt: skip
def test_an_offset_is_minutes_with_an_hour_or_whole_days(text: str, minutes: float | None, days: int | None) -> None:
    assert moments.offset(text) == moments.Offset(minutes, days)


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("2026-03-04", None, "2026-03-04"), ("2026/3/4", None, "2026-03-04"), ("03/04/2026", None, None),
        ("03/04/2026", "day-first", "2026-04-03"), ("03/04/2026", "month-first", "2026-03-04"),
        ("3.4.2026 9:05", "day-first", "2026-04-03T09:05"),
        ("03/04/2026 02:05:09 PM", "month-first", "2026-03-04T14:05:09"),
        ("5 Mar 2026", None, "2026-03-05"), ("05MAR2026", None, "2026-03-05"), ("March 5, 2026", None, "2026-03-05"),
        ("03/04/26", "day-first", None), ("1944", None, "1944"), ("soon", None, None),
    ],
)  # fmt: skip
def test_a_date_is_read_only_where_its_order_is_certain(text: str, order: str | None, iso: str | None) -> None:
    assert moments.iso(text, order) == iso
