"""1,000 made-up patients on 12 days: what each is told agrees with the verdict, and can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import textstat

from plumbline import demo, flag_runs, sql
from plumbline.errors import NotFound
from plumbline.progress import Facts, Progress, gather, say
from plumbline.store import open_store
from tests.progress import reading

PATIENTS, UNTIL = 1000, date(2026, 11, 23)
DAYS_AGO = (0, 1, 3, 7, 14, 28, 45, 90, 150, 240, 365, 500)
UNSEEN = {"new", "reopened", "overdue"}
# Said to the patient, by the verdict and whether staff have looked: the table of the verdict's rules, widened only to
# what says less.
MAY_SAY = {
    ("on_course", None): {"first", "early", "one_high", "long", "on", "level", "last"},
    ("ahead", None): {"one_high", "long", "ahead", "level", "last"},
    ("cannot_tell", None): {"before", "soon", "none", "scores_only", "gap"},
    ("slower", True): {"slow_seen"},
    ("slower", False): {"wait"},
    ("new_problem", True): {"new_seen"},
    ("new_problem", False): {"wait"},
    ("red_flag", True): {"red_seen"},
    ("red_flag", False): {"red", "red_today"},
    ("closed", None): {None},
}
GOOD = re.compile(
    r"as we expect|where we expect you|better than we expect|good start|well done|faster than|gone down|stayed low|"
    r"como esperamos|lo que esperamos a estas|mejor de lo|empezado bien|muy bien|ha bajado|sigue bajo",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    store = open_store(tmp_path_factory.mktemp("thousand") / "demo.duckdb")
    demo.build(store, PATIENTS, 7, UNTIL, lambda *_: None)
    flag_runs.refresh(store)
    yield store.cursor()
    store.close()


def looked(cursor: Any, as_of: date) -> dict[tuple[str, str], bool]:
    """Whether each open flag of a verdict has been looked at, told once more and in Python."""
    found: dict[tuple[str, str], bool] = {}
    for flag in sql.rows(cursor, "flag/state_by_run", as_of=as_of, episode_id=None):
        if flag["is_open"]:
            key = (flag["episode_id"], flag["verdict"])
            found[key] = found.get(key, True) and flag["state"] not in UNSEEN
    return found


def pages(facts: Facts) -> Iterator[Progress]:
    """In both languages, and with the comparison on and off."""
    for language in ("en", "es"):
        for compared in (True, False):
            yield say(facts, language=language, compared=compared)


def faults(page: Progress, facts: Facts) -> Iterator[str]:
    """What a page may not do, whatever it says."""
    said = [page.summary.headline, *page.summary.lines]
    row = facts.situation
    if row["is_waiting"]:
        said += [page.steps.praise] if page.steps else []
        shown = page.chart.visits if page.chart else ()
        if any(visit.on and visit.on >= row["wait_from"] and visit.expected[:1].isdigit() for visit in shown):
            yield "a range is told with what waits"
        if page.steps and page.steps.ahead:
            yield "steps ahead are told while something waits"
        if page.guidance and any(card.kind != "hold" for card in page.guidance.cards):
            yield "guidance is told while something waits"
    if (row["is_waiting"] or row["stand"] == "above") and any(map(GOOD.search, said)):
        yield "it praises or comforts"
    for visit in page.chart.visits if page.chart else ():
        numbers = [int(number) for number in re.findall(r"\d+", visit.expected)]
        is_high = visit.value is not None and visit.on == row["latest_on"] and row["stand"] == "above"
        if is_high and numbers and visit.value <= numbers[-1]:
            yield "the newest score stands above the range, and its row says otherwise"
    prose = reading.prose(page)
    if long := [text for text in prose if len(text.split()) > reading.LONGEST]:
        yield f"too long: {long[0]}"
    reached = reading.grade(prose, page.language)
    if (page.language == "en" and reached > 6) or (page.language == "es" and reached < 70):
        yield f"hard to read: {reached:.1f}"
    if page.chart and len(page.chart.visits) > 30:
        yield "more than 30 marks"


def alike(english: Progress, spanish: Progress) -> list[str]:
    """What stands in both languages although it holds words, and no person wrote it."""
    written = {note.text for note in english.notes}
    both = {*reading.texts(english)} & {*reading.texts(spanish)} - written
    return [text for text in both if re.search(r"[^\W\d]{2}", text)]


@pytest.mark.slow
@pytest.mark.cases
@pytest.mark.parametrize("ago", DAYS_AGO)
def test_what_each_patient_is_told_agrees_with_the_verdict_and_can_be_read(cursor: Any, ago: int) -> None:
    as_of = UNTIL - timedelta(days=ago)
    found = gather(cursor, as_of)
    seen = looked(cursor, as_of)
    verdicts = sql.rows(cursor, "status/verdict_by_course", as_of=as_of, episode_id=None)
    assert len(verdicts) == len(found) >= PATIENTS
    wrong: list[tuple[str, str]] = []
    for verdict in verdicts:
        course = verdict["episode_id"]
        facts = found[course]
        key = (verdict["verdict"], seen.get((course, verdict["verdict"])))
        if facts.situation["situation"] not in MAY_SAY[key]:
            wrong.append((course, f"{key}: {facts.situation['situation']}"))
        elif key[0] == "closed":
            with pytest.raises(NotFound):
                say(facts)
        else:
            made = list(pages(facts))
            wrong += [(course, fault) for page in made for fault in faults(page, facts)]
            wrong += [(course, f"said in English: {text}") for text in alike(made[0], made[2])]
    assert sorted({fault: course for course, fault in wrong}.items()) == []


@pytest.mark.slow
def test_the_grades_add_up_as_those_of_textstat_do(cursor: Any) -> None:
    """textstat rounds its means to a tenth, and splits sentences in its own way: it is given none that hold a mark."""
    open_ones = [facts for facts in gather(cursor, UNTIL).values() if facts.situation["situation"]]
    for facts in open_ones[:40]:
        for language, measured, near in (
            ("en", textstat.flesch_kincaid_grade, 0.65), ("es", textstat.fernandez_huerta, 3.1),
        ):  # fmt: skip
            said = reading.prose(say(facts, language=language))
            plain = [f"{text[0].upper()}{re.sub(r'[.:,?¿()°–]', '', text)[1:]}." for text in said]
            textstat.set_lang(language)
            assert measured(" ".join(plain)) == pytest.approx(reading.grade(plain, language), abs=near)
