"""A comparison of patients that can be counted on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from plumbline import compare
from plumbline.compare import Ask
from plumbline.compare.model import Comparison, CurvePoint, Difference
from plumbline.compare.words import against_expected
from plumbline.errors import NotFound, PlumblineError
from plumbline.store import Store
from tests.compare.made import LATER, add, chosen, clinics, listed, of
from tests.facts import day

TWELVE = [1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3]  # mean 2, sum of squares about it 4


def point(found: Comparison, group: str, visit: str = "month_3") -> CurvePoint:
    return next(one for one in found.curve if (one.group, one.visit) == (group, visit))


def main(found: Comparison) -> Difference:
    (one,) = [one for one in found.differences if one.is_main]
    return one


def test_a_mean_its_interval_and_who_it_is_of(store: Store) -> None:
    clinics(harbour=TWELVE, orchard=[value + 3 for value in TWELVE]).write(store)
    found = of(store, "harbour", "orchard")
    one = point(found, "a")
    assert (one.answered, one.due, one.mean, one.q25, one.median, one.q75) == (12, 12, 2, 2, 2, 2)
    # SD root of 4/11 = 0.6030, over root 12 = 0.1741, times t(11) 2.2010 = 0.3831
    assert (one.lower, one.upper) == (pytest.approx(1.6169, abs=1e-4), pytest.approx(2.3831, abs=1e-4))
    assert one.words == "3 months: 2.0 (1.6 to 2.4), 12 of 12 answered"
    assert point(found, "b").mean == 5
    assert (point(found, "a", "baseline").mean, point(found, "a", "baseline").answered) == (8, 12)
    assert (point(found, "a", "week_6").answered, point(found, "a", "week_6").due) == (0, 12)
    assert point(found, "a", "week_6").mean is None
    assert "month_6" not in {one.visit for one in found.curve}  # its window is not over


def test_each_group_is_said_beside_what_is_expected(store: Store) -> None:
    clinics(harbour=TWELVE, orchard=[value + 3 for value in TWELVE]).write(store)
    expected = "The middle patient at 3 months, and the middle half: expected 2 (1 to 4)"
    found = of(store, "harbour", "orchard")
    assert against_expected(found) == f"{expected}; harbour 2 (2 to 2); orchard 5 (5 to 5)."
    hidden = replace(found, curve=tuple(replace(one, q25=None, median=None, q75=None) for one in found.curve))
    assert against_expected(hidden) == ""
    assert against_expected(replace(found, band=())) == ""
    thin = replace(found, curve=tuple(replace(one, is_thin=one.group == "b") for one in found.curve))
    assert against_expected(thin) == f"{expected}; harbour 2 (2 to 2)."


def test_the_difference_is_the_first_minus_the_other(store: Store) -> None:
    clinics(harbour=TWELVE, orchard=[value + 3 for value in TWELVE]).write(store)
    one = main(of(store, "harbour", "orchard"))
    # pooled variance 8/22, times 1/12 + 1/12, its root 0.2462, times t(22) 2.0739 = 0.5106
    assert one.raw_estimate == pytest.approx(-3)
    assert (one.raw_lower, one.raw_upper) == (pytest.approx(-3.5106, abs=1e-4), pytest.approx(-2.4894, abs=1e-4))
    assert (one.estimate, one.n, one.raw_n, one.better) == (pytest.approx(-3), 24, 24, 1)
    assert one.words == "3.0 points less (2.5 to 3.5 less)"
    assert "the same in all rows" in one.note  # everybody had 8 before: nothing to allow for


def test_the_dead_the_withdrawn_and_the_silent(store: Store) -> None:
    facts = clinics(harbour=[*TWELVE, None], orchard=TWELVE)
    add(facts, "dies", "harbour", {}, died_on=day(100))
    add(facts, "dies later", "harbour", {}, died_on=day(121))
    add(facts, "leaves", "harbour", {})
    facts.event("withdrew", 30, episode_id="leaves", patient_id="leaves")
    add(facts, "answers and dies", "harbour", {70: 2}, died_on=day(100))
    facts.write(store)
    found = of(store, "harbour", "orchard")
    one = point(found, "a")
    assert (one.answered, one.due) == (13, 15)  # silent: one, and who died only when the window was over
    assert (found.missing.missing, found.missing.due) == (2, 15)
    assert next(row for row in found.answered if (row.group, row.visit) == ("a", "month_3")).words == "87%, 13 of 15"


def test_an_open_window_counts_neither_as_answered_nor_as_due(store: Store) -> None:
    clinics(harbour=TWELVE, orchard=TWELVE).write(store)
    open_still = of(store, "harbour", "orchard", as_of=day(120))
    assert "month_3" not in {one.visit for one in open_still.curve}
    assert open_still.verdict.verdict == "too_few"
    assert main(open_still).words == "nobody was due yet"
    assert main(of(store, "harbour", "orchard", as_of=day(121))).n == 24


def test_a_visit_after_the_next_procedure_is_not_due(store: Store) -> None:
    facts = clinics(harbour=TWELVE, orchard=TWELVE)
    add(facts, "again", "harbour", {})
    facts.episode("again-2", "again", performed_on=day(50))
    facts.write(store)
    found = of(store, "harbour", "orchard", as_of=day(400))
    assert point(found, "a").due == 13  # the twelve, and the second procedure's own 3 months
    assert point(found, "a", "week_6").due == 14  # planned for day 42, before the next procedure
    assert "1 patient has more than one procedure in harbour: each counts as one of its own." in found.notes


def test_shares_with_their_three_denominators_and_bounds(store: Store) -> None:
    facts = clinics(harbour=[], orchard=[8] * 10)
    for number in range(10):
        add(facts, f"better-{number}", "harbour", {90: 4})  # 4 points and half: improved, and not comfortable
    add(facts, "too little", "harbour", {90: 6})  # 2 points, but a quarter only
    add(facts, "worse", "harbour", {90: 8}, before=6)
    add(facts, "no score before", "harbour", {90: 3}, before=None)
    add(facts, "nothing to improve", "harbour", {90: 1}, before=1)
    add(facts, "silent", "harbour", {})
    facts.write(store)
    found = {one.kind: one for one in of(store, "harbour", "orchard").shares if one.group == "a"}
    improved, comfortable, worse = (found[kind] for kind in ("improved", "comfortable", "worse"))
    assert (improved.count, improved.measured, improved.due, improved.eligible) == (10, 12, 13, 13)
    assert (improved.worst, improved.best) == (10 / 13, 11 / 13)
    assert improved.words == "83%, 10 of 12"
    assert improved.label == "Improved (2 points and 30% less pain)"
    assert improved.lower == pytest.approx(0.552, abs=1e-3)  # Wilson's interval of 10 of 12
    assert improved.upper == pytest.approx(0.953, abs=1e-3)
    assert (comfortable.count, comfortable.measured, comfortable.due, comfortable.eligible) == (2, 14, 15, 15)
    assert (worse.count, worse.measured, worse.due, worse.worst, worse.best) == (1, 13, 14, 2 / 14, 1 / 14)


def test_who_is_in_two_groups_is_left_out_of_both(store: Store) -> None:
    clinics(harbour=TWELVE, orchard=TWELVE).write(store)
    cursor = store.cursor()
    one, two = chosen(cursor, "harbour", "orchard")
    both = listed("both", [*one.members["episode_id"][:2], *two.members["episode_id"]])
    found = compare.of(cursor, [one, both], Ask(as_of=LATER))
    assert [(group.episodes, group.shared) for group in found.groups] == [(10, 2), (12, 2)]
    assert found.notes[0] == "2 procedures are in harbour and in another group, and left out of both."
    same = compare.of(cursor, [one, one], Ask(as_of=LATER))
    assert [(group.episodes, group.shared) for group in same.groups] == [(0, 12), (0, 12)]
    assert same.verdict.verdict == "too_few"


def test_milestones_with_death_competing(store: Store) -> None:
    facts = clinics(harbour=[], orchard=[2] * 10)
    for number in range(20):
        name = f"p{number:02d}"
        add(facts, name, "harbour", {}, died_on=day(5) if number < 5 else None)
        if number >= 10:
            facts.milestone("light_tasks", "achieved", 10, name, name)
        if number == 6:
            facts.milestone("light_tasks", "not_yet", 12, name, name)
    add(facts, "never", "harbour", {})
    facts.milestone("light_tasks", "not_applicable", 3, "never", "never")
    facts.write(store)
    found = of(store, "harbour", "orchard").reached[0]
    assert found.episodes == 20  # not applicable is not waiting from day 0
    assert [(one.day, one.estimate, one.at_risk) for one in found.steps] == [(0, 0, 20), (5, 0, 20), (10, 0.5, 15)]
    assert (found.median_day, found.p80_day) == (10, None)  # as if death were censoring it would be two in three
    assert dict(found.waiting)[14.0] == 5
    assert found.words == (
        "harbour: half by day 10, fewer than 8 in 10, of 20; 9 without any report of it count as waiting"
    )
    with pytest.raises(NotFound, match="light_tasks"):
        of(store, "harbour", "orchard", milestone="flying")


def test_what_makes_the_groups_or_is_known_of_too_few_is_not_adjusted_for(store: Store) -> None:
    facts = clinics(harbour=[])
    for number in range(40):
        add(
            facts, f"p{number:02d}", "harbour", {90: 2 + number % 5 + number % 2}, before=6 + number % 4,
            sex="female" if number % 2 else "male", birth_date=f"19{40 + number % 7}-05-05",
        )  # fmt: skip
    facts.write(store)
    names = [f"p{number:02d}" for number in range(40)]
    women, men = listed("women", names[1::2], sex=["female"]), listed("men", names[::2], sex=["male"])
    one = main(compare.of(store.cursor(), [women, men], Ask(as_of=LATER)))
    assert "women (the groups differ by it)" in one.note
    assert "OF grade (known of 0% in a group)" in one.note
    assert "age (" not in one.note.replace("fracture age (", "")
    assert "back pain before" not in one.note


def test_a_share_names_what_it_is_adjusted_for(store: Store) -> None:
    """The score before is known of too few: with 24 comfortable of eighty, age is all that is left."""
    facts = clinics()
    for clinic_id, easy in (("harbour", range(0, 40, 3)), ("orchard", range(0, 40, 4))):
        facts.clinic(clinic_id)
        for number in range(40):
            known = {"birth_date": str(1935 + number % 23), "sex": "female" if number % 3 else "male"}
            score = 2 if number in easy else 6
            add(facts, f"{clinic_id}-{number:03d}", clinic_id, {90: score}, 8.0 if number % 2 else None, **known)
    facts.write(store)
    notes = {one.what: one.note for one in of(store, "harbour", "orchard").differences if one.kind == "share"}
    assert notes["comfortable"] == "Adjusted for age alone: too few for more."


def test_where_nothing_is_published_nothing_is_drawn_and_it_is_said(store: Store) -> None:
    clinics(harbour=TWELVE, orchard=TWELVE).write(store)
    pain = of(store, "harbour", "orchard")
    assert [(one.visit, one.low, one.high) for one in pain.band if one.visit == "month_3"] == [("month_3", 1, 4)]
    assert {one.study for one in pain.published if one.visit == "month_3"} == {"EVOLVE 2019, n up to 350"}
    assert all(one.citation for one in pain.published)
    tug = of(store, "harbour", "orchard", instrument="tug")
    assert (tug.band, tug.published) == ((), ())
    assert "No spread is published for TUG: no expected band is drawn." in tug.notes
    assert "No study's figures are on file for TUG." in tug.notes


def test_an_instrument_where_more_is_better(store: Store) -> None:
    facts = clinics(harbour=[], orchard=[])
    for number in range(30):
        for clinic, more in (("harbour", 0.3), ("orchard", 0.0)):
            name = f"{clinic}-{number}"
            add(facts, name, clinic, {})
            facts.score(-3, 0.4, name, instrument="eq5d_index")
            facts.score(90, 0.5 + more + (number % 3) / 100, name, instrument="eq5d_index")
    facts.write(store)
    found = of(store, "harbour", "orchard", instrument="eq5d_index")
    assert (main(found).better, main(found).words) == (1, "0.30 more (0.30 to 0.30 more)")
    assert found.verdict.headline == "Better quality of life: harbour"
    assert "there is 0.30 better quality of life in harbour than in orchard, as measured" in found.verdict.sentence
    shares = {(one.group, one.kind): (one.count, one.measured) for one in found.shares}
    assert shares == {
        ("a", "improved"): (30, 30), ("b", "improved"): (30, 30),  # 0.4 to 0.5 is a rise of 0.1, whatever floats say
        ("a", "worse"): (0, 30), ("b", "worse"): (0, 30),
    }  # fmt: skip
    turned = of(store, "orchard", "harbour", instrument="eq5d_index")
    assert (main(turned).better, turned.verdict.headline) == (-1, "Worse quality of life: orchard")


def test_an_instrument_is_due_only_where_it_is_asked_for(store: Store) -> None:
    facts = clinics(harbour=TWELVE, orchard=TWELVE)
    facts.score(90, 40, "harbour-000", instrument="odi")
    facts.write(store)
    found = of(store, "harbour", "orchard", instrument="odi")
    assert {(one.group, one.visit, one.answered, one.due) for one in found.curve} == {
        ("a", "month_3", 1, 12), ("b", "month_3", 0, 0),
    }  # fmt: skip
    assert any("only at clinics and visits where it is asked for" in note for note in found.notes)


@pytest.mark.parametrize(
    ("harbour", "says"),
    [([], "0 of harbour"), ([2.0], "1 of harbour"), ([None] * 12, "0 of harbour"), ([2.0] * 9, "9 of harbour")],
)
def test_too_few_to_compare(store: Store, harbour: list[float | None], says: str) -> None:
    clinics(harbour=harbour, orchard=TWELVE).write(store)
    found = of(store, "harbour", "orchard")
    assert found.verdict.verdict == "too_few"
    assert says in found.verdict.sentence
    assert main(found).estimate is None
    assert [one.is_met for one in found.checks if one.kind == "patients"] == [False]


def test_nobody_is_left(store: Store) -> None:
    facts = clinics(harbour=[], orchard=[])
    for number in range(12):
        for clinic in ("harbour", "orchard"):
            add(facts, f"{clinic}-{number}", clinic, {}, died_on=day(3))
    facts.write(store)
    found = of(store, "harbour", "orchard")
    assert found.verdict.verdict == "too_few"
    assert {one.visit for one in found.curve} == {"baseline", "day_1"}
    assert found.looked == "Nothing could be compared."
    nobody = of(store, "no such clinic", "nor this")
    assert [group.episodes for group in nobody.groups] == [0, 0]
    assert nobody.verdict.verdict == "too_few"


def test_under_three_in_five_nothing_is_compared(store: Store) -> None:
    clinics(harbour=[*TWELVE, *[None] * 9], orchard=TWELVE).write(store)
    found = of(store, "harbour", "orchard")
    assert found.verdict.verdict == "thin_answers"
    assert "57% of those due in harbour and 100% in orchard answered" in found.verdict.sentence
    assert (main(found).estimate, main(found).raw_estimate) == (None, None)
    assert point(found, "a").is_thin
    assert [one.mark for one in found.checks if one.kind == "answers"] == ["Under 60%"]


def test_two_to_four_groups(store: Store) -> None:
    clinics(a=TWELVE, b=[value + 1 for value in TWELVE], c=TWELVE, d=[value + 2 for value in TWELVE]).write(store)
    found = of(store, "a", "b", "c", "d")
    at = {one.other: one for one in found.differences if (one.kind, one.what) == ("visit", "month_3")}
    assert {other: round(one.raw_estimate or 0, 9) for other, one in at.items()} == {"b": -1, "c": 0, "d": -2}
    assert [one.other for one in found.differences if one.is_main] == ["b"]
    looked = [one for one in found.differences if one.p is not None]
    assert len(looked) == 12  # 3 months and three shares, against three
    assert all(one.p_counted is not None and one.p_counted >= (one.p or 0) for one in looked)
    for wrong in (["a"], ["a", "b", "c", "d", "a"]):
        with pytest.raises(PlumblineError, match="2 to 4"):
            of(store, *wrong)


@pytest.mark.parametrize("wrong", [{"instrument": "smile"}, {"visit": "month_5"}, {"visit": "baseline"}])
def test_what_is_not_known_is_refused(store: Store, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        of(store, "a", "b", **wrong)
