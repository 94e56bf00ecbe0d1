"""Attack 56: finding out about a few patients from groups, by filters, by sums, and from whatever is drawn or written.

What is drawn is attacked in one way for all: of two worlds that differ in a hidden number alone, everything that
anybody is sent (rows of charts with their hover words, tables, CSV, picture, report) is the same to the letter.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from plumbline import audit
from plumbline.clinics.model import View
from plumbline.cohorts import Definition, choices, days, others
from plumbline.cohorts.days import TooFine
from plumbline.cohorts.release import LEFT, SEEN, TooSmall, look
from plumbline.cohorts.small import limits
from plumbline.compare import Ask
from plumbline.compare.drawings import Limits, drawings
from plumbline.compare.model import Comparison, Share
from plumbline.compare.tables import tables
from plumbline.compare.trust import Balance, Nonresponse, Unit
from plumbline.known import as_known
from plumbline.report import figures
from plumbline.report.comparison import Told, comparison_html
from plumbline.small import hidden
from plumbline.small.across import across
from plumbline.store import Store, open_store
from plumbline.web import ui
from plumbline.web.clinics import data as clinics_data
from plumbline.web.cohorts import data as cohorts_data
from plumbline.web.cohorts.worked import Cohort
from plumbline.web.instant import zone_of
from plumbline.web.ui import Context
from tests.compare_sample import sample
from tests.facts import Facts

DAY = date(2026, 11, 1)
ANNA, BEN = audit.Actor("anna", "clinic_manager"), audit.Actor("ben", "clinic_manager")
INSIDE, OUTSIDE = limits().inside, limits().outside
MARKS = Limits(0.8, 0.6, 0.1)
_CLIP = re.compile(r"clip\d+")  # the renderer counts its paths over all pictures


@pytest.fixture(scope="module")
def store(empty_of_module: Path) -> Iterator[Store]:
    """90 patients, of whom three are rare cases, aged 90 and more, and treated by Dr Only."""
    facts, opened = Facts(), open_store(empty_of_module)
    facts.clinic()
    for turn in range(90):
        is_rare = turn < 3
        facts.patient(f"p{turn}", sex="female" if turn % 2 else "male", birth_date="1930" if is_rare else "1950")
        facts.episode(
            f"e{turn}", f"p{turn}", surgeon="Dr Only" if is_rare else f"Dr {turn % 3}",
            tags="rare" if is_rare else "usual", cause="neoplastic" if is_rare else "osteoporotic",
        )  # fmt: skip
    facts.write(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shares(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Four surgeons of 40 patients, who all answered: worse are 3, 12, 15 and 20."""
    facts, opened = Facts(), open_store(tmp_path_factory.mktemp("shares") / "shares.duckdb")
    facts.clinic()
    for surgeon, worse in enumerate((3, 12, 15, 20)):
        for turn in range(40):
            one = f"{surgeon}-{turn}"
            facts.patient(one)
            facts.episode(f"e-{one}", one, surgeon=f"Dr {surgeon}")
            facts.score(-3, 5.0, one)
            facts.score(90, 9.0 if turn < worse else 4.0 if turn < 20 + worse // 2 else 1.0, one)
    facts.write(opened)
    yield opened
    opened.close()


def ask(store: Store, by: audit.Actor, *cohorts: Definition, kind: str = SEEN) -> str:
    try:
        look(store, by, cohorts, DAY, kind=kind)
    except TooSmall as refused:
        return str(refused)
    return ""


@pytest.mark.attack(56)
@pytest.mark.parametrize("kind", [SEEN, LEFT])
def test_a_cohort_of_nine_or_three(store: Store, kind: str) -> None:
    for told in ({"tag": ["rare"]}, {"age": {"from": 90}}, {"surgeon": ["Dr Only"]}, {"cause": ["neoplastic"]}):
        assert "nothing is shown of it" in ask(store, ANNA, Definition.of(told), kind=kind)


@pytest.mark.attack(56)
@pytest.mark.parametrize("kind", [SEEN, LEFT])
def test_the_complement_of_a_cohort(store: Store, kind: str) -> None:
    rare = Definition.of({"tag": ["rare"]})
    for all_but in (others(rare), Definition.of({"age": {"to": 89}}), Definition.of({"tag": ["usual"]})):
        assert "under" in ask(store, ANNA, all_but, kind=kind)
        assert "under" in ask(store, ANNA, Definition.of({"sex": ["female", "male"]}), all_but, kind=kind)


@pytest.mark.attack(56)
def test_differencing_two_filters_of_one_account_in_steps(store: Store) -> None:
    """Women, then women of three surgeons: the one who was treated by Dr Only would be left. On record, both."""
    women = Definition.of({"sex": ["female"]})
    assert ask(store, ANNA, women, others(women)) == ""
    narrower = women.narrowed({"surgeon": ["Dr 0", "Dr 1", "Dr 2"]})
    assert "Surgeon leaves out under 5 patients" in ask(store, ANNA, narrower)
    same_by_another_filter = women.narrowed({"tag": ["usual"], "cause": ["osteoporotic"]})
    assert "under 5 patients" in ask(store, ANNA, same_by_another_filter)
    rows = store.cursor().execute("select actor from audit_event where event = 'cohort_refused'").fetchall()
    assert ("anna",) in rows


@pytest.mark.attack(56)
def test_differencing_by_two_accounts_in_what_leaves(store: Store) -> None:
    """One takes Dr 0 and Dr 1 along, the other Dr 0 and Dr 1's usual ones together with nobody else."""
    two = Definition.of({"surgeon": ["Dr 0", "Dr 1"]})
    three = Definition.of({"surgeon": ["Dr 0", "Dr 1", "Dr Only"]})
    assert ask(store, ANNA, two, kind=LEFT) == ""
    assert "differs from what was looked at before by under 11 patients" in ask(store, BEN, three, kind=LEFT)
    assert ask(store, BEN, two, kind=LEFT) == "", "what has left already tells nothing new"


STEPS = (
    ("0 v 123",), ("123 v 0",), ("01 v 2", "1 v 3"), ("1 v 2", "3 v 01"), ("12 v 03", "01 v 23", "02 v 13", "3 v 1"),
)  # fmt: skip


@pytest.mark.attack(56)
@pytest.mark.parametrize("steps", STEPS)
def test_how_many_of_one_surgeon_are_worse_from_all_and_from_others(shares: Store, steps: tuple[str, ...]) -> None:
    """3 of Dr 0, hidden. All are 50, on the Clinics page; whoever knows the sums that are shown would solve for 3."""
    anna, asked = audit.Actor(" ".join(steps), "clinic_manager"), Ask(as_of=DAY, visit="month_3")
    known = {"0123"}
    for step in steps:
        groups = step.split(" v ")
        cohorts = [Definition.of({"surgeon": [f"Dr {number}" for number in group]}) for group in groups]
        look(shares, anna, cohorts, DAY)
        gone = across(shares, shares, anna.key, SEEN, cohorts, asked, INSIDE)
        shown = [one for key, one in zip("ab", groups, strict=True) if (key, "worse") not in gone and one != "0"]
        known |= set(shown)
    rows = np.array([[str(number) in who for number in range(4)] for who in known], dtype=float)
    zero = np.array([1.0, 0, 0, 0])
    assert not np.allclose(np.linalg.lstsq(rows.T, zero, rcond=None)[0] @ rows, zero), known


@pytest.mark.attack(56)
def test_stepping_through_days_or_instants(store: Store) -> None:
    """A manager steps a year back by days, and by instants, on the page, for a file and on the Clinics page."""
    women, today = Definition.of({"sex": ["female"]}), ui.today(store)
    groups, view = [Cohort("women", women), Cohort("men", others(women))], View("mean", "clinic", "month_3", False)
    ways: list[Callable[[Context], object]] = [
        *(partial(cohorts_data.looked, groups=groups, kind=kind) for kind in (SEEN, LEFT)), cohorts_data.options,
        clinics_data.counts, clinics_data.cells, clinics_data.rates, clinics_data.waits,
        partial(clinics_data.funnel, view=view), partial(clinics_data.control, view=view, unit="", name=""),
    ]  # fmt: skip
    steps = [today - timedelta(turn) for turn in range(-2, 366)]
    for way in ways:
        told = [day for day in steps if _tells(way, Context(store, "demo", "clinic_manager", day, "light", "anna"))]
        assert told[0] == today
        assert len(told) <= 5, "today and the ends of quarters"
        assert all((one - other).days > 80 for one, other in pairwise(told[1:]))
    end = days.nearest(today - timedelta(120), today)
    last = datetime.combine(end, time(23, 59))
    for instant in (last - timedelta(minutes=1), last + timedelta(seconds=1), last + timedelta(1), last):
        then = as_known(store, instant.replace(tzinfo=zone_of(store)))
        context = Context(then, "demo", "clinic_manager", end, "light", "anna")
        assert _tells(cohorts_data.options, context) == (instant == last), instant
        assert _tells(cohorts_data.options, replace(context, role="specialist")), "who may open the patients anyway"


def _tells(way: Callable[[Context], object], context: Context) -> bool:
    try:
        way(context)
    except TooFine:
        return False
    return True


@pytest.mark.attack(56)
def test_the_words_to_choose_from_count_no_few(store: Store) -> None:
    frame = choices(store.cursor(), None, DAY).set_index(["filter", "code"])["episodes"]
    assert frame.loc["surgeon"].isna().sum() >= 2, "Dr Only and the next larger"
    assert frame.isna()[("tag", "rare")]
    assert frame.isna()[("tag", "usual")]
    assert not frame.between(1, INSIDE).any()


def test_each_attack_is_made_on_a_number_that_is_hidden() -> None:
    for limit, change in ((limit, change) for limit in (INSIDE, OUTSIDE) for change in WORLDS.values()):
        assert change(2) != change(3)
        assert hidden(change(2), limit) != change(2)


def _with_share(count: int) -> Comparison:
    """Of 319 measured at Harbour, so many are worse."""
    found = sample("a", "b")
    worse = Share("a", "worse", "Worse than before", count, 319, 395, 470, count / 319, count / 400, count / 250,
                  count / 395, (count + 76) / 395, f"1%, {count} of 319")  # fmt: skip
    return replace(found, shares=(*(one for one in found.shares if (one.group, one.kind) != ("a", "worse")), worse))


def _with_all_but(count: int) -> Comparison:
    """Of 319 measured at Harbour all but so many improved."""
    found, good = sample("a", "b"), 319 - count
    share = Share("a", "improved", "Improved", good, 319, 395, 470, good / 319, good / 330, good / 319, good / 395,
                  (good + 76) / 395, f"99%, {good} of 319")  # fmt: skip
    return replace(found, shares=(share, *(one for one in found.shares if (one.group, one.kind) != ("a", "improved"))))


def _with_answers(count: int) -> Comparison:
    """At 12 months of Harbour, so many of 120 due answered."""
    found = sample("a", "b")
    curve, answered = [], []
    for one in found.curve:
        is_it = (one.group, one.visit) == ("a", "month_12")
        words = f"12 months: 3.1, {count} of 120 answered"
        curve.append(replace(one, answered=count, due=120, mean=count / 3, is_thin=True, words=words) if is_it else one)
    for row in found.answered:
        is_it = (row.group, row.visit) == ("a", "month_12")
        words = f"2%, {count} of 120"
        answered.append(
            replace(row, received=count, due=120, share=count / 120, is_thin=True, words=words) if is_it else row
        )
    return replace(found, curve=tuple(curve), answered=tuple(answered))


def _with_missing(count: int) -> Comparison:
    """At 3 months of Harbour, all but so many of those due answered: 395 did."""
    found, due = sample("a", "b"), 395 + count
    curve = tuple(
        replace(one, answered=395, due=due, words=f"3 months: 3.1 (2.9 to 3.3), 395 of {due} answered")
        if (one.group, one.visit) == ("a", "month_3") else one for one in found.curve
    )  # fmt: skip
    answered = tuple(
        replace(row, received=395, due=due, share=395 / due, words=f"99%, 395 of {due}")
        if (row.group, row.visit) == ("a", "month_3") else row for row in found.answered
    )  # fmt: skip
    words = f"{count} of {due} due of Harbour did not answer."
    missing = replace(found.missing, missing=count, due=due, tips_at=9.0 / count, words=words)
    shares = tuple(
        replace(one, due=due, worst=0.1 / due, best=0.9 / due) if one.group == "a" else one for one in found.shares
    )
    return replace(found, curve=curve, answered=answered, missing=missing, shares=shares)


def _with_unit(count: int) -> Comparison:
    """Of three surgeons of one clinic one had so many due; what is left of 395 is the next one's."""
    due = (count, 100 - count, 295)
    units = [Unit("a", "clinic", "c1", "Harbour", "month_3", 319, 395, 319 / 395, False, "81%, 319 of 395")]
    units += [
        Unit("a", "surgeon", f"s{place}", f"Surgeon {place}", "month_3", number, number, 1.0, False, f"{number}, all")
        for place, number in enumerate(due)
    ]
    return replace(sample("a", "b"), units=tuple(units))


def _with_waiting(count: int) -> Comparison:
    """At last so many of Harbour are waiting."""
    found = sample("a", "b")
    reached = tuple(
        replace(one, waiting=(*one.waiting[:-1], (one.waiting[-1][0], count)), steps=one.steps[:5])
        if one.group == "a"
        else one
        for one in found.reached
    )
    return replace(found, reached=reached)


def _with_before(count: int) -> Comparison:
    """Of 470 at Harbour so many have cancer; of 76 who are silent, so many are men."""
    found, share = sample("a", "b"), count / 470
    balance = Balance(
        "b", "is_cancer", "Cancer", share, 0.08, share - 0.08, -0.3, 0.1, False, f"{100 * share:.1f}% v 8%", 470, 1530,
    )
    said = f"70% v {100 * count / 76:.0f}%"
    silent = Nonresponse("a", "is_female", "Women", 0.7, count / 76, 0.7 - count / 76, said, 319, 76)
    return replace(found, balance=(balance, *found.balance[1:3]), nonresponse=(silent, *found.nonresponse[:1]))


def _with_known(count: int) -> Comparison:
    """The score before is known of so many at Harbour, of all but so many at the others; the mean is of these alone."""
    found, mean = sample("a", "b"), 7 + count / 10
    balance = Balance(
        "b", "baseline", "Pain before", mean, 8.0, mean - 8, -1.5, -0.5, True, f"{mean:.1f} v 8.0", count, 1530 - count,
    )
    silent = Nonresponse("a", "baseline", "Pain before", 8.2, mean, 8.2 - mean, f"8.2 v {mean:.1f}", 319 - count, count)
    return replace(found, balance=(balance, *found.balance[1:3]), nonresponse=(silent, *found.nonresponse[:1]))


def _with_shared(count: int) -> Comparison:
    """So many are in both groups."""
    found = sample("a", "b")
    groups = tuple(replace(one, shared=count) for one in found.groups)
    note = f"{count} procedures are in Harbour and in another group, and left out of both."
    return replace(
        found, groups=groups, notes=(note, f"{count} patients have more than one procedure in Harbour: each counts.")
    )


def _with_quartile(value: int) -> Comparison:
    """At 12 months of Harbour 7 of 120 answered; the middle one said so much, and so did those beside it."""
    found = sample("a", "b")
    curve = tuple(
        replace(one, answered=7, due=120, mean=3.0, q25=value - 1.0, median=float(value), q75=value + 1.0,
                words="12 months: 3.0, 7 of 120 answered")
        if (one.group, one.visit) == ("a", "month_12") else one for one in found.curve
    )  # fmt: skip
    return replace(found, curve=curve)


def _with_day(day: int) -> Comparison:
    """Of 8 at Harbour, half had reached it by the day that one of them reported it."""
    found = sample("a", "b")
    reached = tuple(
        replace(one, episodes=8, steps=(), waiting=((0.0, 8),), median_day=float(day), p80_day=day + 9.0,
                words=f"Harbour: half by day {day}, 8 in 10 by day {day + 9}, of 8") if one.group == "a" else one
        for one in found.reached
    )  # fmt: skip
    return replace(found, reached=reached)


WORLDS: dict[str, Callable[[int], Comparison]] = {
    "a share's count": _with_share, "the rest of a share": _with_all_but, "few answers": _with_answers,
    "few missing": _with_missing, "a surgeon's few": _with_unit, "few waiting": _with_waiting,
    "few before": _with_before, "known of few": _with_known, "few in both": _with_shared,
    "a quartile of few": _with_quartile, "a day of few": _with_day,
}  # fmt: skip


def _rows(found: Comparison) -> str:
    """What is sent to the browser for charts: data with hover words, specification, words for a screen reader."""
    made = [one for theme in ("light", "dark") for one in drawings(found, MARKS, theme).values()]
    made += drawings(found, MARKS, "light", spread=True).values()
    return json.dumps([[one.rows, one.spec, one.alt, one.caption] for one in made])


def _tables(found: Comparison) -> str:
    return json.dumps([[one.title, one.columns, one.rows, one.note] for one in tables(found)])


def _csv(found: Comparison) -> str:
    text = io.StringIO()
    for one in tables(found):
        csv.writer(text).writerows([one.columns, *one.rows])
    return text.getvalue()


def _pictures(found: Comparison) -> str:
    made = (figures.svg(one) for one in drawings(found, MARKS, "light").values() if not one.is_empty)
    return _CLIP.sub("clip", "".join(made))


def _report(found: Comparison) -> str:
    told = Told(MARKS, hides=OUTSIDE, is_made_up=True, author="anna", made_on="1 November 2026")
    return _CLIP.sub("clip", comparison_html(found, told).decode())


RENDERED = {"hover": _rows, "table": _tables, "csv": _csv, "image": _pictures, "report": _report}


@pytest.mark.attack(56)
@pytest.mark.parametrize("limit", [INSIDE, OUTSIDE], ids=["inside", "outside"])
@pytest.mark.parametrize("world", WORLDS)
def test_of_two_worlds_that_differ_in_a_hidden_number_everything_is_the_same(world: str, limit: int) -> None:
    few = [hidden(WORLDS[world](count), limit) for count in (1, 2, INSIDE, limit)]
    assert all(one == few[0] for one in few), "the figures themselves, so nothing that is made of them can differ"


@pytest.mark.attack(56)
@pytest.mark.parametrize("world", ["a share's count", "few answers", "few missing", "a surgeon's few"])
@pytest.mark.parametrize("made", RENDERED)
def test_hover_table_csv_image_and_report_hold_no_hidden_number(made: str, world: str) -> None:
    """The very letters; and before hiding they would have differed, so that this can fail."""
    limit = OUTSIDE if made == "report" else INSIDE
    render, change = RENDERED[made], WORLDS[world]
    assert render(hidden(change(2), limit)) == render(hidden(change(3), limit))
    if (made, world) not in {("image", "few missing"), ("image", "few answers"), ("image", "a surgeon's few"),
                             ("hover", "a surgeon's few")}:  # fmt: skip
        assert render(change(2)) != render(change(3))


@pytest.mark.attack(56)
def test_percentage_times_denominator_gives_no_hidden_count() -> None:
    """Every share, interval and bound that is left, times every count that is shown: none is the hidden one."""
    for limit in (INSIDE, OUTSIDE):
        for count in range(1, INSIDE + 1):
            for change in (_with_share, _with_all_but):
                told = hidden(change(count), limit)
                gone = [one for one in told.shares if one.count is None]
                assert gone
                for one in gone:
                    assert one.estimate is one.lower is one.upper is one.worst is one.best is None
                kinds = {one.kind for one in gone}
                for one in told.differences:
                    assert one.kind != "share" or one.what not in kinds or one.estimate is one.raw_estimate is None
