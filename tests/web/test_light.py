"""The light page: what stands in it, in which order, and that nothing from outside acts."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from plumbline import sql
from plumbline.progress import LANGUAGES
from plumbline.progress.model import Progress
from plumbline.web.share import light, light_icons, light_words
from tests.progress.sample import DAY3, DAY14, DAY40, NONE, NOTED, OFF, PAGES, RED

VOID = {"meta", "input", "br", "circle", "path", "line", "polygon", "polyline", "rect"}
BAD = "<script>alert(1)</script>\"'><img src=x onerror=y>&{{7*7}}\r\n"


class Read(HTMLParser):
    """The elements of a page, each with its attributes and the text within, in their order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style" and data.strip():
            self.words.append(" ".join(data.split()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]


def read(progress: Progress, *, compared: bool = True, paper: bool = True) -> Read:
    return Read(light.page(progress, compared=compared, paper=paper))


def texts(progress: Progress) -> list[str]:
    """Every sentence of a page."""
    summary, chart, told = progress.summary, progress.chart, progress.help
    said = [progress.hello, progress.when, summary.headline, *summary.lines, summary.next_visit]
    said += [told.heading, told.now_heading, *told.now, told.today_heading, *told.today, told.closed, told.watched]
    said += [*progress.about, progress.about_heading]
    if chart:
        said += [chart.heading, chart.up, chart.best, chart.worst, chart.caption, chart.table_heading, chart.no_score]
        said += [text for visit in chart.visits for text in (visit.when, visit.band, visit.expected, visit.sentence)]
    if progress.guidance:
        said += [text for card in progress.guidance.cards for text in (card.title, card.text)]
    if progress.steps:
        said += [step.text for step in (*progress.steps.reached, *progress.steps.ahead)]
        said += [progress.steps.praise, progress.steps.ahead_note]
    said += [note.text for note in progress.notes]
    return [text for text in said if text]


@pytest.mark.parametrize("name", PAGES)
def test_every_sentence_of_the_model_stands_on_the_page_and_it_is_small(name: str) -> None:
    progress = PAGES[name]
    html = light.page(progress, compared=progress is not OFF, paper=True)
    words = " ".join(Read(html).words)
    assert [text for text in texts(progress) if text not in words] == []
    assert len(html.encode()) < 300_000 / 5


def test_it_needs_no_script_fetches_nothing_and_its_style_is_named_by_the_policy() -> None:
    found = read(DAY14)
    assert not found.all("script")
    assert not any("src" in attrs or any(name.startswith("on") for name in attrs) for _, attrs in found.found)
    assert not any("style" in attrs for _, attrs in found.found)
    assert {re.match(r"[#/]|tel:", attrs["href"] or "") is not None for attrs in found.all("a")} == {True}
    assert "unsafe" not in light.policy()
    assert light.policy().count("sha256-") == 1


@pytest.mark.parametrize("place", ["hello", "note", "card", "sentence", "phone", "title"])
def test_markup_in_any_text_is_shown_and_never_acts(place: str) -> None:
    chart = DAY14.chart
    assert chart
    bad = {
        "hello": replace(DAY14, hello=BAD),
        "note": replace(NOTED, notes=(replace(NOTED.notes[0], text=BAD, by=BAD),)),
        "card": replace(DAY14, guidance=replace(DAY14.guidance, cards=(replace(DAY14.guidance.cards[0], text=BAD),))),  # type: ignore[type-var, union-attr]
        "sentence": replace(DAY14, chart=replace(chart, description=BAD, visits=tuple(
            replace(one, sentence=BAD, label="<b>", when=BAD) for one in chart.visits))),
        "phone": replace(DAY14, help=replace(DAY14.help, clinic=replace(DAY14.help.emergency, number=BAD, label=BAD))),
        "title": replace(DAY14, words={**DAY14.words, "title": BAD, "leave": BAD}),
    }[place]  # fmt: skip
    found = read(bad)
    assert not found.all("script")
    assert not found.all("img")
    assert not any(name.startswith("on") for _, attrs in found.found for name in attrs)
    assert "49" not in " ".join(found.words[:3])


def test_what_is_urgent_comes_first_and_the_way_to_help_always_leads_to_it() -> None:
    calm, urgent = read(DAY14), read(RED)
    order = [attrs["aria-labelledby"] for attrs in calm.all("section")]
    assert order == ["said", "scores", "todo", "steps", "help"]
    assert [attrs["aria-labelledby"] for attrs in urgent.all("section")] == ["said", "help", "scores"]
    for found in (calm, urgent):
        links = [attrs["href"] for attrs in found.all("a")]
        assert links[:2] == ["#main", "#help"]
        assert {"tel:112", "tel:01632960142"} <= set(links)


def test_every_mark_leads_to_a_row_that_says_its_sentence_and_to_its_neighbours() -> None:
    chart = DAY40.chart
    assert chart
    found = read(DAY40)
    rows = {attrs["id"] for attrs in found.all("tr") if "id" in attrs}
    marks = {attrs["href"]: attrs["aria-label"] for attrs in found.all("a") if "aria-label" in attrs}
    assert marks == {f"#{visit.key}": visit.sentence for visit in chart.visits}
    assert rows == {visit.key for visit in chart.visits}
    walked = [attrs["href"] for attrs in found.all("a") if "aria-label" not in attrs and attrs["href"] in marks]
    assert walked == ["#v2", "#v1", "#v3", "#v2", "#v4", "#v3", "#v5", "#v4"]


def test_the_range_can_be_switched_and_the_language_with_it() -> None:
    shown = [attrs["href"] for attrs in read(DAY14).all("a")]
    hidden = [attrs["href"] for attrs in read(OFF, compared=False).all("a")]
    assert {"/s?lang=en&range=off", "/s?lang=es"} <= set(shown)
    assert {"/s?lang=en", "/s?lang=es&range=off"} <= set(hidden)
    assert "expected" not in " ".join(read(OFF, compared=False).words).lower().replace("show the expected range", "")


def test_paper_is_offered_where_the_link_has_it_and_leaving_always() -> None:
    assert [form["action"] for form in read(DAY14).all("form")] == ["/s/paper?lang=en", "/s/leave"]
    assert [form["action"] for form in read(DAY14, paper=False).all("form")] == ["/s/leave"]


def test_without_scores_or_steps_nothing_empty_is_left() -> None:
    found = read(NONE)
    assert not found.all("table")
    assert "Steps you have reached" not in found.words
    assert [attrs["id"] for attrs in found.all("h2") if "id" in attrs] == ["said", "todo", "steps", "help"]


def test_each_id_is_there_once_and_every_label_names_one() -> None:
    for progress in (DAY3, DAY14, DAY40, NONE, RED, NOTED):
        found = read(progress)
        ids = [attrs["id"] for _, attrs in found.found if "id" in attrs]
        assert len(ids) == len(set(ids))
        named = [attrs["aria-labelledby"] for _, attrs in found.found if "aria-labelledby" in attrs]
        named += [(attrs["href"] or "")[1:] for attrs in found.all("a") if (attrs["href"] or "").startswith("#")]
        assert set(named) <= set(ids)


def test_the_door_is_the_same_for_every_link_and_speaks_every_language() -> None:
    page = Read(light.door("es", again=False))
    assert page.all("html")[0]["lang"] == "es"
    assert [one["name"] for one in page.all("input")] == ["factor"]
    assert all(words["ask"] in page.words for words in light_words.DOOR.values())
    assert "alert" in light.door("fr", again=True)
    assert not Read(light.over("en")).all("form")
    for busy in (light.door("es", again=True, busy=True), light.over("es", busy=True)):
        for words in light_words.DOOR.values():
            assert words["busy"] in Read(busy).words
            assert words["again"] not in Read(busy).words
            assert words["over"] not in Read(busy).words
    assert "again" not in page.words


def test_every_language_of_the_words_has_its_door_in_its_own_words() -> None:
    assert set(light_words.LANGUAGES) == set(LANGUAGES)
    assert light_words.LANGUAGES["es"] == "Español"
    for name in light_words.SAID:
        assert len({words[name] for words in light_words.DOOR.values()}) == len(LANGUAGES), name


def test_every_icon_of_the_guidance_is_drawn() -> None:
    assert {card.icon for card in DAY14.guidance.cards} <= light_icons.names()  # type: ignore[union-attr]
    text = (sql.ROOT / "data" / "reference" / "guidance.csv").read_text(encoding="utf-8")
    assert {row["icon"] for row in csv.DictReader(text.splitlines())} <= light_icons.names()


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("112", "112"),
        ("112 / 061", "112"),
        ("112 or 061", "112"),
        ("555 0101 / 555 0102", "5550101"),
        ("030/555 0101", "0305550101"),
        ("+44 (0)20 7946 0000 ext. 12", "+442079460000"),
        ("Tel. 030 555 0101", "0305550101"),
        ("01632 960 142", "01632960142"),
    ],
)
def test_of_a_number_as_people_write_it_a_telephone_dials_the_first(written: str, dialled: str) -> None:
    phone = replace(DAY14.help.emergency, label=f"Call {written}", number=written)
    told = replace(DAY14, help=replace(DAY14.help, emergency=phone))
    found = [attributes.get("href") for name, attributes in Read(light.page(told, compared=True, paper=True)).found]
    assert f"tel:{dialled}" in found


def test_no_heading_and_no_list_stands_over_nothing() -> None:
    assert DAY14.steps
    assert DAY14.guidance
    told = replace(
        DAY14,
        steps=replace(DAY14.steps, ahead=(), ahead_note=""),
        guidance=replace(DAY14.guidance, cards=(), instead="Ask your care team what to do now."),
        help=replace(DAY14.help, clinic=None, closed="", out_of_hours=None),
    )
    page = light.page(told, compared=True, paper=True)
    assert DAY14.steps.ahead_heading not in page
    assert re.findall(r"<(p|h2|h3|ul[^>]*)>\s*</", page) == []
