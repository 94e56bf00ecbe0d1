"""Saved cohorts: every save is a version for good; files come back as they went out; two at once don't collide."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from plumbline import audit
from plumbline.cohorts import Definition, DefinitionError, saved, to_file
from plumbline.errors import NotFound, PlumblineError
from plumbline.store import Store, open_store
from tests.cli.test_main import ask

DANA = audit.Actor("dana", "clinic_manager")
WOMEN, OLDER = Definition.of({"sex": ["female"]}), Definition.of({"sex": ["female"], "age": {"from": 70}})


@pytest.fixture
def store(empty_store: Path) -> Iterator[Store]:
    opened = open_store(empty_store)
    yield opened
    opened.close()


def on_record(store: Store) -> list[tuple[str, str]]:
    found = store.cursor().execute("select event, object_key from audit_event order by seq").fetchall()
    return [(event, key) for event, key in found]


def test_every_save_is_a_version_and_no_version_changes(store: Store) -> None:
    first = saved.save(store, DANA, "Women", WOMEN)
    second = saved.save(store, DANA, "Women", OLDER, cohort_id=first.cohort_id, comment="only the older")
    third = saved.rename(store, DANA, "women", "Older women")
    fourth = saved.restore(store, DANA, first.cohort_id, 1)
    kept = saved.versions(store, first.cohort_id)
    assert [(one.version, one.name, one.definition) for one in reversed(kept)] == [
        (1, "Women", WOMEN), (2, "Women", OLDER), (3, "Older women", OLDER), (4, "Women", WOMEN),
    ]  # fmt: skip
    assert (fourth.text, fourth.digest) == (first.text, first.digest), "restored to the letter"
    assert second.digest == third.digest != first.digest
    assert [one.comment for one in reversed(kept)] == [None, "only the older", None, "Version 1 again"]
    assert [one.cohort_id for one in saved.listed(store)] == [first.cohort_id]
    assert on_record(store) == [("cohort_saved", first.cohort_id)] * 4


def test_what_says_the_same_is_not_kept_twice_but_for_a_comment(store: Store) -> None:
    first = saved.save(store, DANA, "Women", WOMEN)
    assert saved.save(store, DANA, "Women", WOMEN, cohort_id=first.cohort_id).version == 1
    assert saved.save(store, DANA, "Women", WOMEN, cohort_id=first.cohort_id, comment="checked").version == 2


def test_one_put_away_is_gone_from_the_list_and_comes_back(store: Store) -> None:
    first = saved.save(store, DANA, "Women", WOMEN)
    saved.retire(store, DANA, "Women", "not used")
    assert saved.listed(store) == []
    assert [one.is_retired for one in saved.listed(store, retired=True)] == [True]
    again = saved.save(store, DANA, "Women", OLDER)
    assert again.cohort_id != first.cohort_id, "its name is free"
    assert saved.load(store, "Women").cohort_id == again.cohort_id
    saved.rename(store, DANA, again.cohort_id, "Others")
    assert saved.restore(store, DANA, first.cohort_id, 1).version == 3
    assert [one.name for one in saved.listed(store)] == ["Others", "Women"]


def test_a_name_is_one_cohort_s(store: Store) -> None:
    saved.save(store, DANA, "Women", WOMEN)
    with pytest.raises(PlumblineError, match="There is a cohort 'Women' already"):
        saved.save(store, DANA, " women ", OLDER)
    for name in ("", "  ", "x" * 81, "a\nb", "a\x00"):
        with pytest.raises(PlumblineError, match="one line of 1 to 80 letters"):
            saved.save(store, DANA, name, OLDER)
    with pytest.raises(PlumblineError, match="one line of 1 to 500 letters"):
        saved.save(store, DANA, "Older", OLDER, comment="x" * 501)
    assert len(saved.listed(store)) == 1


def test_what_is_not_there_is_said(store: Store) -> None:
    saved.save(store, DANA, "Women", WOMEN)
    with pytest.raises(NotFound, match="no saved cohort 'Men'"):
        saved.load(store, "Men")
    with pytest.raises(NotFound, match="no version 7: it has 1 to 1"):
        saved.load(store, "Women", 7)
    with pytest.raises(NotFound):
        saved.save(store, DANA, "Women", OLDER, cohort_id="none")


def test_whoever_looked_at_an_older_version_overwrites_nothing(store: Store) -> None:
    first = saved.save(store, DANA, "Women", WOMEN)
    saved.save(store, audit.Actor("eve", "specialist"), "Women", OLDER, cohort_id=first.cohort_id, after=1)
    with pytest.raises(PlumblineError, match="eve has saved this cohort since, as version 2"):
        saved.save(store, DANA, "Women", Definition.of({}), cohort_id=first.cohort_id, after=1)


def test_many_at_once_get_a_version_each(store: Store) -> None:
    first = saved.save(store, DANA, "Women", WOMEN)
    ready = threading.Barrier(6)

    def one(turn: int) -> None:
        ready.wait()
        for _ in range(4):
            saved.save(store, DANA, "Women", WOMEN, cohort_id=first.cohort_id, comment=f"by {turn}")

    threads = [threading.Thread(target=one, args=(turn,)) for turn in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.version for one in saved.versions(store, "Women")] == list(range(25, 0, -1))


def test_an_account_of_some_clinics_sees_what_was_saved_for_these(store: Store) -> None:
    heath, ridge, both = ("heath",), ("ridge",), ("heath", "ridge")
    saved.save(store, DANA, "Of all", WOMEN)
    ours = saved.save(store, DANA, "Women", WOMEN, clinics=heath)
    saved.save(store, DANA, "Women", OLDER, clinics=ridge)
    saved.save(store, DANA, "Of both", OLDER, clinics=("ridge", "heath"))

    def seen(clinics: tuple[str, ...] | None) -> list[str]:
        return [one.name for one in saved.listed(store, clinics)]

    assert (seen(None), seen(both)) == (["Of all", "Of both", "Women", "Women"], ["Of both", "Women", "Women"])
    assert (seen(heath), seen(ridge), seen(())) == (["Women"], ["Women"], [])
    with pytest.raises(NotFound):
        saved.load(store, ours.cohort_id, clinics=ridge)
    with pytest.raises(NotFound):
        saved.save(store, DANA, "Mine", OLDER, cohort_id=ours.cohort_id, clinics=ridge)
    with pytest.raises(PlumblineError, match="Several cohorts are called 'Women'"):
        saved.load(store, "Women")
    changed = saved.save(store, DANA, "Women", OLDER, cohort_id=ours.cohort_id)
    assert (changed.clinics, changed.version) == (heath, 2), "it stays with those whose it is"


@pytest.mark.attack(56)
def test_saving_under_the_name_of_another_scope_s_cohort_makes_one_of_its_own(store: Store) -> None:
    """An account of both clinics sees Heath's; as its next version Heath's accounts would see whom the filters name."""
    heath, both = ("heath",), ("ridge", "heath")
    theirs = saved.save(store, DANA, "Women", WOMEN, clinics=heath)
    everyone_s = saved.save(store, DANA, "Women", WOMEN)
    assert saved.namesake(store, "Women", both) is None
    mine = saved.imported(store, audit.Actor("eve", "specialist"), to_file("women ", OLDER), clinics=both)
    assert mine.cohort_id not in {theirs.cohort_id, everyone_s.cohort_id}
    assert (mine.version, mine.clinics) == (1, ("heath", "ridge"))
    assert [one.definition for one in saved.listed(store, heath)] == [WOMEN], "theirs is as it was"
    for clinics, one in ((heath, theirs), (both, mine), (None, everyone_s)):
        assert saved.namesake(store, " WOMEN", clinics) == one
    again = saved.save(store, DANA, "Women", WOMEN, cohort_id=mine.cohort_id, clinics=both)
    assert (again.cohort_id, again.version) == (mine.cohort_id, 2), "its own goes on"


def test_a_file_goes_out_and_comes_back_as_it_was(store: Store) -> None:
    saved.save(store, DANA, "Older women", OLDER)
    text = saved.exported(store, "older women")
    assert saved.imported(store, DANA, text).version == 1, "nothing new in it"
    copy = saved.imported(store, DANA, text, name="Copy")
    assert (copy.digest, copy.version) == (OLDER.digest, 1)
    assert json.loads(saved.exported(store, "Copy")) == json.loads(text) | {"name": "Copy"}
    assert saved.exported(store, "Older women") == text
    edited = json.loads(text)
    edited["filters"]["age"]["from"] = 75
    with pytest.raises(DefinitionError, match="edited since"):
        saved.imported(store, DANA, json.dumps(edited))
    del edited["digest"]
    honest = saved.imported(store, DANA, json.dumps(edited))
    assert (honest.version, honest.definition.filters["age"]) == (2, {"from": 75})
    assert saved.load(store, "Older women", 1).definition == OLDER
    with pytest.raises(PlumblineError, match="name is one line"):
        saved.imported(store, DANA, '{"plumbline_cohort": 1, "filters": {}}')


def test_the_commands_do_it_all(empty_store: Path, tmp_path: Path) -> None:
    def cohorts(*words: str) -> tuple[int, str]:
        ended = ask("cohorts", *words, "--store", empty_store)
        return ended.returncode, ended.stdout + ended.stderr

    file = tmp_path / "women.json"
    assert "version 1" in cohorts("save", "Women", '{"sex": ["female"]}', "--comment", "first")[1]
    assert "version 2" in cohorts("save", "Women", '{"sex": ["female"], "age": {"from": 70}}', "--cohort", "Women")[1]
    assert cohorts("export", "women", "--version", "1", "--to", str(file))[0] == 0
    assert json.loads(file.read_text())["digest"] == WOMEN.digest
    assert "version 3" in cohorts("import", str(file))[1]
    assert "version 4" in cohorts("restore", "Women", "2")[1]
    assert "Ladies is kept as version 5" in cohorts("rename", "Women", "Ladies")[1]
    code, said = cohorts("versions", "Ladies", "--json")
    assert (code, [row["version"] for row in json.loads(said)]) == (0, [5, 4, 3, 2, 1])
    assert OLDER.digest in cohorts("show", "Ladies")[1]
    assert "put away" in cohorts("retire", "Ladies")[1]
    assert "No cohort is saved yet" in cohorts("list")[1]
    assert "from 70 years" in cohorts("list", "--retired")[1]
    for wrong in (("show", "Men"), ("save", "x", "{"), ("save", "x", '{"ages": 1}'), ("import", str(tmp_path / "no"))):
        assert cohorts(*wrong)[0] == 2, wrong
