"""The report of a comparison: HTML that needs nothing else and a PDF, the same words in both, no hidden number."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from plumbline import VERSION, sql
from plumbline.compare.drawings import Limits, drawings
from plumbline.compare.model import Comparison
from plumbline.report import figures, press
from plumbline.report.comparison import Told, comparison_html, comparison_pdf
from plumbline.store import open_store
from tests import compare_sample
from tests.conftest import environment
from tests.facts import Facts
from tests.report import papers

LIMITS = Limits(aim=0.8, least=0.6, apart=0.1)
TOLD = Told(LIMITS, hides=10, is_made_up=True, author="by anna", made_on="26 November 2026")
ROOT = Path(__file__).parent.parent.parent
MADE: dict[str, Callable[[], Comparison]] = {
    "two": compare_sample.sample,
    "four": lambda: compare_sample.sample("a", "b", "c", "d"),
    "no band": compare_sample.without_band,
    "too few": compare_sample.too_few,
}
FETCHES = {"src", "href", "xlink:href", "data", "poster", "action", "srcset", "background"}
BAD = '<script>alert(1)</script> #read("/etc/passwd") *b* $x$'


class Page(HTMLParser):
    """What a page is made of: its tags, what they would fetch, its words, and how many columns its tables have."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in FETCHES:
                self.fetched.append(str(value))
            if name == "id":
                self.ids.append(str(value))
            if name == "aria-label":
                self.labels.append(str(value))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def html(found: Comparison) -> tuple[str, Page]:
    text = comparison_html(found, TOLD).decode("utf-8")
    return text, Page(text)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_both_say_the_verdict_the_checks_who_is_compared_and_where_it_comes_from() -> None:
    found = compare_sample.sample()
    _, page = html(found)
    pdf = comparison_pdf(found, TOLD)
    papery, webby = papers.words(pdf), flat(" ".join(page.words))
    told = [found.verdict.headline, "Main question: back pain at 3 months", "Enough patients?",
            "4 of 10 differ; allowed for", "all others than Harbour", "23 November 2026", VERSION, "version 2",
            "26 November 2026, by anna", "All patients here are made up.", "Counts from 1 to 10 are hidden",
            "Beall DP et al. Neurosurgery", "Everything looked at", "94%, 300 of 319"]  # fmt: skip
    for said in told:
        assert said in webby, said
        assert said in papery, said
    digest = found.groups[0].digest
    assert digest in webby
    assert digest in papery.replace(" ", "")
    assert papers.is_tagged(pdf)
    assert len(papers.alternates(pdf)) == len([one for one in drawings(found, LIMITS, "light").values() if one.rows])
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION


@pytest.mark.parametrize("kind", MADE)
def test_the_html_is_one_file_that_fetches_nothing_and_runs_nothing(kind: str) -> None:
    text, page = html(MADE[kind]())
    assert "script" not in page.tags
    assert {"link", "iframe", "img", "object", "embed", "form", "audio", "video", "image"} & set(page.tags) == set()
    assert page.fetched == []
    assert re.findall(r"https?://(?!www\.w3\.org/)\S+", text) == []
    assert re.findall(r"@import|url\((?!#)", text) == []
    assert len(set(page.ids)) == len(page.ids)
    assert page.tags.count("svg") == page.tags.count("figure") > 0
    drawn = re.findall(r"<svg [^>]*>", text)
    assert all('width="100%"' in one and " height=" not in one for one in drawn)  # so that a phone has room for them
    assert page.tags.count("table") == page.tags.count("tbody")


@pytest.mark.parametrize("kind", MADE)
def test_the_pdf_can_be_made_of_every_comparison(kind: str) -> None:
    found = MADE[kind]()
    said = papers.words(comparison_pdf(found, TOLD))
    assert found.verdict.headline in said
    for group in found.groups:
        assert group.name in said
    assert press.STAND_IN not in said
    assert [sign for sign in "◆■▲▼✚" if sign in said] == []  # our fonts for paper lack them


def test_nothing_that_is_hidden_is_in_either() -> None:
    """191 of 241 answered at a year in the comparison as it is; the report gets the one where that is hidden."""
    whole, found = compare_sample.sample(), compare_sample.hidden()
    def webby(one: Comparison) -> str:
        page = html(one)[1]
        return " ".join([*page.words, *page.labels])

    for make in (webby, lambda one: papers.words(comparison_pdf(one, TOLD))):
        assert re.search(r"\b191\b", make(whole))
        said = make(found)
        assert not re.search(r"\b191\b|\b241\b", said)
        assert "hidden" in said
    for one in drawings(found, LIMITS, "light").values():
        if one.rows:
            drawn = Page(figures.svg(one))
            assert not re.search(r"\b191\b|\b241\b", " ".join([*drawn.words, *drawn.labels]))


def test_words_from_data_are_words() -> None:
    found = compare_sample.sample()
    groups = (replace(found.groups[0], name=BAD, said=BAD), found.groups[1])
    found = replace(found, groups=groups, verdict=replace(found.verdict, headline=BAD, sentence=BAD))
    text, page = html(found)
    assert "script" not in page.tags
    assert "<script>" not in text
    assert BAD in flat(" ".join(page.words))
    assert '#read("/etc/passwd") *b* $x$' in papers.words(comparison_pdf(found, TOLD))


def test_a_chart_is_a_picture_of_its_own() -> None:
    made = drawings(compare_sample.sample(), LIMITS, "light")
    assert figures.png(made["curve"])[:8] == b"\x89PNG\r\n\x1a\n"
    svg = figures.svg(made["milestone"])
    assert svg.startswith("<svg")
    assert "Harbour: still waiting" in svg
    assert re.findall(r'href="(?!#)', svg) == []


@pytest.fixture(scope="module")
def written(empty_of_module: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store of two clinics of 40, and the report of one against the other, as cron has it written."""
    facts = Facts()
    for clinic in ("c1", "c2"):
        facts.clinic(clinic, name=f"Clinic {clinic}")
        for number in range(40):
            one = f"{clinic}-{number:02}"
            facts.patient(one, clinic_id=clinic, family_name=f"Example{one}")
            facts.episode(f"e-{one}", one, surgeon="Dr Example")
            for on in (-3, 7, 42, *((90,) if number % 5 else ())):
                facts.score(on, (number * 7 + on) % 6 + (3 if on < 0 else 0), one)
    store = open_store(empty_of_module)
    facts.write(store)
    store.close()
    return empty_of_module, tmp_path_factory.mktemp("reports") / "2026-10-01"


def reported(store: Path, to: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "plumbline", "report", "clinic:c1", "--to", str(to), "--store", str(store),
               "--as-of", "2026-10-01", *more]  # fmt: skip
    return subprocess.run(command, cwd=ROOT, env=environment(None), capture_output=True, text=True, timeout=120)


def test_the_command_writes_a_whole_folder_once_quietly_and_says_what_is_wrong(written: tuple[Path, Path]) -> None:
    store, to = written
    done = reported(store, to, "--quiet")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert sorted(file.name for file in to.iterdir()) == ["comparison.html", "comparison.pdf", "figures.csv"]
    text = (to / "comparison.html").read_text(encoding="utf-8")
    assert "All others" in text
    assert "Clinic c1" in text
    assert "Example" not in text.replace("Dr Example", "")
    assert "All others" in papers.words((to / "comparison.pdf").read_bytes())
    rows = list(csv.DictReader(io.StringIO((to / "figures.csv").read_text(encoding="utf-8-sig"), newline="")))
    counts = {row["Value"] for row in rows if row["Column"] in {"Answered", "Due", "Measured", "Able to be counted"}}
    assert counts & {str(number) for number in range(1, 11)} == set()
    again = reported(store, to)
    assert again.returncode == 2
    assert "is there already" in again.stderr
    wrong = reported(store, to.with_name("other"), "--window", "week 99")
    assert wrong.returncode == 2
    assert "Visits are" in wrong.stderr
    assert not to.with_name("other").exists()
    told = reported(store, to.with_name("json"), "--json")
    assert json.loads(told.stdout)["files"] == ["comparison.html", "comparison.pdf", "figures.csv"]


def test_a_report_that_is_not_written_has_told_nobody_and_leaves_nothing(written: tuple[Path, Path]) -> None:
    store, to = written
    wrong = {
        "no-such/report": ((), "The folder in which report should be doesn't exist"),
        "x" * 300: ((), "can't be written there (File name too long)"),
        "file": ((), "file is there already"),
        "smile": (("--instrument", "smile"), "no instrument 'smile'"),
        "visit": (("--window", "-6 weeks"), "no visit '-6 weeks'"),
        "twice": (("clinic:c1",), "there twice"),
        "nobody": (("surgeon:Dr Exemple",), "Did you mean Dr Example?"),
    }
    to.with_name("file").touch()
    there = sorted(to.parent.iterdir())
    before = left(store)
    for name, (more, says) in wrong.items():
        ended = reported(store, to.with_name(name) if "/" not in name else to.parent / name, *more)
        assert (ended.returncode, ended.stdout) == (2, ""), name
        assert says in ended.stderr
    assert sorted(to.parent.iterdir()) == there
    assert left(store) == before


def left(path: Path) -> int:
    """How many cohorts are held to have left."""
    store = open_store(path)
    try:
        return len(sql.rows(store.cursor(), "cohort/release_by_time", kind="left", released_by=None))
    finally:
        store.close()
