"""`python -m plumbline compare`: the figures of the page, from the file and through the running server alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plumbline import audit
from plumbline.cli.cohorts import text_of
from plumbline.cli.compare import given
from plumbline.cohorts import Definition, DefinitionError, members, saved, small, to_file
from plumbline.cohorts.release import SEEN
from plumbline.compare import Ask, choosing
from plumbline.compare.answering import answer, asked, plain
from plumbline.errors import NotFound, PlumblineError
from plumbline.small import hidden
from plumbline.small.across import across
from plumbline.store import Store, open_store
from plumbline.web.server import modes
from tests.cli.test_main import ask
from tests.conftest import DEMO_UNTIL, Served

BY = audit.Actor("dana", "clinic_manager")
NAMES = {"demo-harbor": "Demo Clinic Harbor"}
WOMEN = ["sex:female", "others", "--window", "6 weeks", "--as-of", DEMO_UNTIL.isoformat()]


def test_its_figures_are_those_of_the_page(demo_store: Path) -> None:
    ended = ask("compare", *WOMEN, "--json", "--store", demo_store)
    assert (ended.returncode, ended.stderr) == (0, "")
    told = json.loads(ended.stdout)
    store = open_store(demo_store)
    options: dict[str, Any] = {"cohorts": WOMEN[:2], "instrument": "nrs_back", "window": "week_6"}
    options |= {"milestone": "light_tasks", "as_of": DEMO_UNTIL.isoformat()}
    (groups, question), limit = asked(store, options), small.limits().inside
    also = across(store, store, "whoever", SEEN, [one for _, one, _ in groups], question, limit)
    found = hidden(answer(store, groups, question), limit, also)
    store.close()
    assert told == json.loads(json.dumps(plain(found)))
    assert told["question"]["visit"] == "week_6"
    assert [group["name"] for group in told["groups"]] == ["women", "All others"]
    assert [one["what"] for one in told["differences"] if one["is_main"]] == ["week_6"]


@pytest.mark.attack(56)
def test_it_is_on_record_and_refused_as_the_page_is(demo_store: Path) -> None:
    """Women, then women but for the few of one age: the second would tell of them beside the first."""
    assert ask("compare", *WOMEN, "--store", demo_store).returncode == 0
    store = open_store(demo_store)
    oldest = members(store.cursor(), Definition.of({"sex": ["female"]}), DEMO_UNTIL)["age"].max()
    store.close()
    fewer = f"sex:female+age:..{oldest - 1:g}"
    ended = ask("compare", fewer, "sex:male", *WOMEN[2:], "--json", "--store", demo_store)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "under 5 patients" in ended.stderr
    store = open_store(demo_store)
    rows = store.cursor().execute("select event, actor, role from audit_event order by seq desc limit 2").fetchall()
    store.close()
    assert rows == [("cohort_refused", modes.login(), "command line"), ("cohort_viewed", modes.login(), "command line")]


def test_the_server_answers_the_same(running_app: Served, demo_store: Path) -> None:
    served = ask("compare", *WOMEN, "--json", "--store", running_app.store)
    assert served.returncode == 0, served.stderr
    assert served.stdout == ask("compare", *WOMEN, "--json", "--store", demo_store).stdout


def test_people_read_the_verdict_first(demo_store: Path) -> None:
    ended = ask("compare", *WOMEN, "--store", demo_store)
    lines = ended.stdout.splitlines()
    assert ended.returncode == 0
    told = json.loads(ask("compare", *WOMEN, "--json", "--store", demo_store).stdout)
    assert lines[0] == f"{told['verdict']['mark']} {told['verdict']['headline']}"
    for said in ("Enough patients?", "Back pain, 6 weeks", "Improved", "p, all", "women: "):
        assert said in ended.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["sex:female"], "2 to 4 cohorts, not of 1: name another one, or `others`"),
        (["sex:female", "sex:male", "sex:other", "age:60..", "age:..50"], "2 to 4 cohorts, not of 5."),
        (["others", "sex:female"], "before it"),
        (["sex:female", "no such cohort"], "no saved cohort"),
        (["sex:female", "others", "--window", "month 5"], "month 12"),
        (["sex:female", "others", "--instrument", "smile"], "nrs_back"),
        (["sex:female", "others", "--milestone", "flying"], "light_tasks"),
        (["sex:female", "missing.json"], "missing.json can't be read"),
        (["sex:female", "others", "--as-of", "soon"], "no day"),
        (["height:180", "others"], "no filter"),
        (["sex:female", "sex:female"], "there twice"),
        (["clinic:demo-harbor+clinic:demo-orchard", "others"], "clinic is there twice"),
        (["clinic:demo-habror", "others"], "Clinics are: demo-harbor"),
        (["sex:female", "surgeon:dr demo ashe"], "no surgeon 'dr demo ashe' here. Did you mean Dr Demo Ash"),
        (["tag:nobody's", "others"], 'no tag "nobody\'s" here'),
        (["of_grade:OF9", "others"], "OF grades are: OF1, OF2"),
    ],
)
def test_what_cannot_be_compared_is_said(demo_store: Path, words: list[str], says: str) -> None:
    ended = ask("compare", *words, "--store", demo_store)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert says in ended.stderr


def test_a_file_that_is_no_cohort_is_named_with_what_is_wrong(demo_store: Path, tmp_path: Path) -> None:
    whole = to_file("Women", Definition.of({"sex": ["female"]}))
    wrong = {
        "cut.json": (whole[:40], "cut.json: This is no JSON"),
        "empty.json": ("\n", "empty.json is empty"),
        "future.json": (whole.replace('cohort": 1', 'cohort": 2'), "future.json: This cohort is of version 2"),
        "changed.json": (whole.replace("female", "male"), "changed.json: The filters in this file aren't those"),
    }
    for name, (text, says) in wrong.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(PlumblineError, match=says):
            text_of(tmp_path / name)
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    for name, says in {"bytes.json": "UTF-8", "missing.json": "No such file", "": "Is a directory"}.items():
        with pytest.raises(PlumblineError, match=says):
            text_of(tmp_path / name)
    (tmp_path / "WOMEN.JSON").write_text(whole, encoding="utf-8")
    assert given(str(tmp_path / "WOMEN.JSON")) == whole
    ended = ask("compare", tmp_path / "changed.json", "others", "--store", demo_store)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "changed.json: The filters" in ended.stderr


def test_a_saved_name_that_there_is_none_of_or_that_several_have(store: Store) -> None:
    saved.save(store, BY, "Older women", Definition.of({"sex": ["female"]}))
    saved.save(store, BY, "older women", Definition.of({"age": {"from": 80}}), clinics=("demo-harbor",))
    with pytest.raises(NotFound, match=r"Did you mean '[Oo]lder women'\?.*clinic:ID"):
        choosing.named(store, ["old woman"], {})
    with pytest.raises(PlumblineError, match=r"say which by its id \(\w+: .*; \w+: .*(women|80 years)\)"):
        choosing.named(store, ["older women"], {})
    with pytest.raises(NotFound, match="'Nothing'") as told:
        choosing.named(store, ["Nothing@2"], {})
    assert "clinic:ID" not in str(told.value)


def test_a_known_clinic_before_its_first_procedure_is_an_honest_nobody(demo_store: Path) -> None:
    ended = ask("compare", "clinic:demo-harbor", "others", "--as-of", "2010-01-01", "--json", "--store", demo_store)
    assert ended.returncode == 0, ended.stderr
    assert [group["episodes"] for group in json.loads(ended.stdout)["groups"]] == [0, 0]


def test_a_clinic_goes_by_its_name_too(store: Store) -> None:
    named = choosing.named(store, ["clinic:demo clinic harbor+sex:female"], NAMES)
    assert named[0][1] == Definition.of({"clinic": ["demo-harbor"], "sex": ["female"]})


def test_a_saved_cohort_an_old_version_of_it_and_a_file(store: Store) -> None:
    old, new = Definition.of({"age": {"from": 80}}), Definition.of({"age": {"from": 85}})
    first = saved.save(store, BY, "Oldest", old)
    saved.save(store, BY, "Oldest", new, cohort_id=first.cohort_id)
    file = to_file("From a file", Definition.of({"sex": ["male"]}))
    found = choosing.named(store, ["oldest", "Oldest@1", first.cohort_id, file, "others"], {})
    assert [(name, version) for name, _, version in found[:3]] == [("Oldest", 2), ("Oldest", 1), ("Oldest", 2)]
    assert [definition for _, definition, _ in found[:3]] == [new, old, new]
    assert (found[3][0], found[3][1].filters) == ("From a file", {"sex": ["male"]})
    assert (found[4][0], found[4][1].other_than) == ("All others", {"sex": ["male"]})
    with pytest.raises(NotFound, match="no version 7"):
        choosing.named(store, ["Oldest@7"], {})
    with pytest.raises(PlumblineError):
        choosing.named(store, ['{"plumbline_cohort": 9}'], {})


@pytest.mark.parametrize(
    ("said", "filters"),
    [
        ("clinic:demo-harbor", {"clinic": ["demo-harbor"]}),
        ("sex:female,male", {"sex": ["female", "male"]}),
        ("age:60..80", {"age": {"from": 60, "to": 80}}),
        ("age:60..", {"age": {"from": 60}}),
        ("age:..80", {"age": {"to": 80}}),
        ("level_count:2", {"level_count": {"from": 2, "to": 2}}),
        ("prior_fracture:yes", {"prior_fracture": True}),
        ("performed_on:2025-01-01..2025-12-31", {"performed_on": {"from": "2025-01-01", "to": "2025-12-31"}}),
        ("clinic:demo-harbor+sex:female", {"clinic": ["demo-harbor"], "sex": ["female"]}),
    ],
)
def test_filters_in_short(store: Store, said: str, filters: dict[str, Any]) -> None:
    (_, definition, version) = choosing.named(store, [said], NAMES)[0]
    assert (definition, version) == (Definition.of(filters), None)


@pytest.mark.parametrize("said", ["age:old", "prior_fracture:perhaps", "sex:", "age:80..60", "performed_on:2025"])
def test_filters_in_short_that_say_nothing(store: Store, said: str) -> None:
    with pytest.raises(DefinitionError):
        choosing.named(store, [said], NAMES)


def test_a_cohort_holds_what_its_definition_says_and_what_makes_it(demo_cursor: Any) -> None:
    ask_ = Ask(as_of=DEMO_UNTIL)
    harbor = Definition.of({"clinic": ["demo-harbor"]})
    everybody = Definition.of({})
    found, rest = choosing.chosen(demo_cursor, [("Ours", harbor, None), ("All", everybody, 2)], ask_, NAMES)
    assert "Demo Clinic Harbor" in found.said
    assert found.members["episode_id"].tolist() == members(demo_cursor, harbor, DEMO_UNTIL)["episode_id"].tolist()
    assert rest.members["episode_id"].tolist() == members(demo_cursor, everybody, DEMO_UNTIL)["episode_id"].tolist()
    assert (rest.name, rest.version, rest.filters) == ("All", 2, ())
    assert (found.digest, dict(found.filters)) == (harbor.digest, {"clinic": (["demo-harbor"], None)})
    ridge = Ask(as_of=DEMO_UNTIL, clinics=("demo-ridge",))
    (nobody,) = choosing.chosen(demo_cursor, [("Theirs", harbor, None)], ridge, NAMES)
    assert nobody.members.empty
