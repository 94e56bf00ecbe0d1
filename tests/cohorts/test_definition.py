"""One spelling, one hash; what can't be understood is named; all others; the file; the words."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbline import sql
from plumbline.cohorts import EVERYBODY, Definition, DefinitionError, from_file, others, to_file, words
from plumbline.cohorts.filters import known
from tests.cohorts.made import filters
from tests.conftest import environment

# Published: whoever kept one of these hashes finds the same cohort again. They never change.
PINNED = {
    "{}": ("dba587a0237ae05ba88dcd139af9c45e030f465438ea581e734c580147b58b4f"),
    '{"sex": ["female"]}': ("33e240da01f9b8be968a3abaebf45674a8cb6c0d9e78fc526c49c0a59e53f0cb"),
    '{"age": {"from": 60, "to": 80}, "clinic": ["demo-harbor"]}': (
        "de79ce06508e6a877b9dbf8eaa34c3603cabd77578b0fb782114a83b04260362"
    ),
    '{"performed_on": {"from": "2025-01-01"}, "prior_fracture": true, "baseline": {"from": 6.5}}': (
        "7c778cf3527fd7f4200df3eacd5527ceb9fa204ed4c5e12a2983ad60858b520d"
    ),
    '{"surgeon": ["Dr Zoë Müller"]}': ("24f472705d354973c9f42e80a5eb1f490db84bb7dc358a2c6eb4b58de7853f44"),
}


@pytest.mark.parametrize(("told", "digest"), PINNED.items())
def test_the_hashes_are_those_that_were_published(told: str, digest: str) -> None:
    assert Definition.of(json.loads(told)).digest == digest


def test_another_run_of_python_gives_the_same_hash() -> None:
    told = {"sex": ["male", "female"], "cause": ["traumatic", "osteoporotic"], "tag": ["b", "a"]}
    code = f"from plumbline.cohorts import Definition; print(Definition.of({told!r}).digest)"
    for seed in ("1", "2"):
        more = environment(None, PYTHONHASHSEED=seed)
        said = subprocess.run([sys.executable, "-c", code], cwd=sql.ROOT, env=more, capture_output=True, text=True)
        assert said.stdout.strip() == Definition.of(told).digest, said.stderr


@given(filters(), st.none() | filters(1), st.randoms(use_true_random=False))
def test_however_it_is_spelt_it_is_the_same(
    told: dict[str, Any], rest: dict[str, Any] | None, turn: random.Random
) -> None:
    def spelt(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: spelt(part[name]) for name in turn.sample(sorted(part), len(part))}
        if isinstance(part, list):
            return turn.sample([*part, part[0]], len(part) + 1)
        return float(part) if type(part) is int else part

    one = Definition.of(told, rest)
    other = Definition.of(spelt(told), None if rest is None else spelt(rest))
    assert (other, other.digest, hash(other)) == (one, one.digest, hash(one))
    assert Definition.from_json(one.text) == one
    assert Definition.of(one.filters, one.other_than) == one
    assert from_file(to_file("any name", one)) == ("any name", one)
    assert words(one) == words(other) != ""


@given(filters(), filters())
def test_another_cohort_has_another_hash(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = Definition.of(one), Definition.of(other)
    assert (first.digest == second.digest) == (first.filters == second.filters)


def test_a_name_changes_nothing_of_who_is_in_it() -> None:
    one = Definition.of({"sex": ["female"]})
    assert from_file(to_file("a", one))[1].digest == from_file(to_file("b", one))[1].digest == one.digest


def test_what_is_read_from_it_is_a_copy() -> None:
    one = Definition.of({"sex": ["female"]})
    one.filters["sex"].append("male")
    assert one.filters == {"sex": ["female"]}


FAULTS: list[tuple[Any, str]] = [
    ({"ages": {"from": 60}}, '"ages" is no filter. Did you mean age?'),
    ({"colour": ["red"]}, '"colour" is no filter. There are: clinic'),
    ({"clinic": "demo-harbor"}, 'clinic takes a list of words, such as ["demo-harbor"]'),
    ({"clinic": []}, "clinic has an empty list"),
    ({"clinic": [7]}, "clinic holds 7"),
    ({"clinic": [" "]}, 'clinic holds " "'),
    ({"clinic": ["a\nb"]}, "on one line"),
    ({"clinic": ["x" * 201]}, "at most 200 letters"),
    ({"tag": [str(number) for number in range(501)]}, "tag names 501 words: 500 at most"),
    ({"cause": ["osteoporosis"]}, 'cause doesn\'t know "osteoporosis". Did you mean osteoporotic?'),
    ({"level": ["L6"]}, 'level doesn\'t know "L6"'),
    ({"region": ["neck"]}, 'region doesn\'t know "neck". There are: thoracic, thoracolumbar, lumbar.'),
    ({"sex": ["femal"]}, "Did you mean female?"),
    ({"age": 60}, "age takes {"),
    ({"age": {}}, "age has neither from nor to"),
    ({"age": {"min": 60}}, "age takes {"),
    ({"age": {"from": 80, "to": 60}}, "age goes from 80 to 60: swap them"),
    ({"age": {"from": "60"}}, 'age, from: "60" is no number'),
    ({"age": {"from": True}}, "age, from: true is no number"),
    ({"age": {"from": None}}, "age, from: null is no number"),
    ({"age": {"from": float("inf")}}, "can be compared"),
    ({"age": {"from": 10**400}}, "can be compared"),
    ({"performed_on": {"from": "2025-13-01"}}, "is no day: write 2025-01-31"),
    ({"performed_on": {"from": 2025}}, "2025 is no day"),
    ({"performed_on": {"from": "2025-12-01", "to": "2025-01-01"}}, "swap them"),
    ({"prior_fracture": "yes"}, 'prior_fracture is true or false, not "yes"'),
    ([], "filters is no set of filters"),
]


@pytest.mark.parametrize(("told", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_what_cannot_be_understood_is_named(told: Any, fault: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        Definition.of(told)
    assert fault in str(raised.value)
    with pytest.raises(DefinitionError):
        Definition.of({}, told)


FILES = [
    ("", "no JSON"),
    ("{", "no JSON"),
    ("[" * 100_000, "no JSON"),
    ("[]", "no cohort"),
    ("7", "no cohort"),
    ('{"filters": {}}', 'lacks "plumbline_cohort": 1'),
    ('{"plumbline_cohort": 2, "filters": {}}', "of version 2"),
    ('{"plumbline_cohort": true, "filters": {}}', "of version true"),
    ('{"plumbline_cohort": "1", "filters": {}}', 'of version "1"'),
    ('{"plumbline_cohort": 1}', "has no filters"),
    ('{"plumbline_cohort": 1, "filters": null}', "filters is no set of filters"),
    ('{"plumbline_cohort": 1, "filters": {}, "age": {"from": 1}}', 'has no "age"'),
    ('{"plumbline_cohort": 1, "filters": {}, "other_than": {}}', "nobody is other than everybody"),
    ('{"plumbline_cohort": 1, "filters": {}, "name": 7}', "name is no text"),
    ('{"plumbline_cohort": 1, "filters": {"sex": ["female"], "sex": ["male"]}}', '"sex" stands there twice'),
    ('{"plumbline_cohort": 1, "filters": {"age": {"from": NaN}}}', "NaN is no number"),
    ('{"plumbline_cohort": 1, "filters": {"age": {"from": -Infinity}}}', "-Infinity is no number"),
    ('{"plumbline_cohort": 1, "filters": {"clinic": ["\\ud800"]}}', "clinic holds"),
    ('{"plumbline_cohort": 1, "filters": {"age": {"from": ' + "9" * 5000 + "}}}", "no JSON"),
    ('{"plumbline_cohort": 1, "filters": {}, "name": "' + "x" * 200_000 + '"}', "longer than a cohort can be"),
]


@pytest.mark.parametrize(("text", "fault"), FILES, ids=[fault for _, fault in FILES])
def test_a_file_that_is_none_is_refused(text: str, fault: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        from_file(text)
    assert fault in str(raised.value)


def test_a_hostile_file_costs_no_time_and_no_stack() -> None:
    """Attack: a name that stands there twice behind 20,000 others took 30 s; lists within lists ended in an error."""
    many = ",".join(f'"{turn}":1' for turn in range(20_000))
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        with pytest.raises(DefinitionError, match="stands there twice"):
            from_file(f'{{{many},"19999":1}}')
    finally:
        sys.setprofile(None)
    assert steps < 10_000
    for depth in range(1, 1200):
        with pytest.raises(DefinitionError):
            from_file('{"plumbline_cohort":1,"filters":{"sex":' + "[" * depth + "]" * depth + "}}")


def test_an_edited_file_says_so_and_goes_in_once_its_hash_is_taken_out() -> None:
    told = json.loads(to_file("older women", Definition.of({"sex": ["female"], "age": {"from": 70}})))
    told["filters"]["age"]["from"] = 75
    with pytest.raises(DefinitionError, match="it was edited since"):
        from_file(json.dumps(told))
    del told["digest"]
    name, edited = from_file(json.dumps(told))
    assert (name, edited.filters["age"]) == ("older women", {"from": 75})


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    for wrapped in (text, json.dumps({"plumbline_cohort": 1, "filters": {"clinic": [text]}})):
        said, read = "", None
        try:
            _, read = from_file(wrapped)
        except DefinitionError as refused:
            said = str(refused)
        assert read is None or read.filters == {"clinic": [text]}
        assert len(said) < 400


def test_a_definition_is_never_of_another_text() -> None:
    with pytest.raises(DefinitionError, match="canonical"):
        Definition('{"plumbline_cohort": 1, "filters": {}}')


def test_all_others_are_the_rest_within_what_both_share() -> None:
    older = Definition.of({"clinic": ["a"], "sex": ["female"], "age": {"from": 70}})
    rest = others(older, ["sex"])
    assert (rest.filters, rest.other_than) == ({"sex": ["female"]}, {"clinic": ["a"], "age": {"from": 70}})
    assert Definition.from_json(rest.text) == rest != older
    with pytest.raises(DefinitionError, match="rest itself"):
        others(rest)
    for nobody_left in (EVERYBODY, Definition.of({"sex": ["female"]})):
        with pytest.raises(DefinitionError, match="no others"):
            others(nobody_left, ["sex"])


WORDED: list[tuple[dict[str, Any], dict[str, Any] | None, str]] = [
    ({}, None, "every procedure"),
    (
        {"clinic": ["demo-harbor"], "age": {"from": 60, "to": 80}, "sex": ["female"]},
        None,
        "Clinic Harbor · 60 to 80 years · women",
    ),
    ({"age": {"from": 60}, "baseline": {"to": 6.5}}, None, "from 60 years · score before up to 6.5"),
    ({"level_count": {"from": 1, "to": 1}}, None, "levels treated: 1"),
    ({"fracture_age": {"to": 6}}, None, "fracture up to 6 weeks old"),
    ({"sex": ["male"], "prior_fracture": False}, None, "men · without an earlier fracture"),
    ({"performed_on": {"from": date(2025, 1, 1), "to": "2025-12-31"}}, None, "procedure 1 Jan 2025 to 31 Dec 2025"),
    ({"cause": ["glucocorticoid", "osteoporotic"]}, None, "osteoporotic or steroid-related"),
    ({"level": ["L2", "T12", "L1", "T11", "T10"]}, None, "T10, T11, T12 or 2 more"),
    ({"tag": ["trial"], "complete_follow_up": True}, None, "tagged trial · with complete follow-up"),
    ({"sex": ["male"]}, {"clinic": ["demo-harbor"]}, "men · all others than Clinic Harbor"),
    ({}, {"sex": ["male"], "age": {"to": 60}}, "all others than (up to 60 years · men)"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "rest", "said"), WORDED, ids=[said for *_, said in WORDED])
def test_it_is_said_in_plain_words(told: dict[str, Any], rest: dict[str, Any] | None, said: str) -> None:
    assert words(Definition.of(told, rest), {"demo-harbor": "Clinic Harbor"}) == said


def test_braces_in_a_name_are_only_text() -> None:
    assert words(Definition.of({"surgeon": ["Dr {0} {x!r}"]})) == "Dr {0} {x!r}"


def test_there_are_filters_enough_and_each_has_its_words() -> None:
    assert len(known()) >= 12
    assert all("{0}" in told.said and told.meaning and told.label for told in known().values())
