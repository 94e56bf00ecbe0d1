"""The patient's page of paper: one page, large letters, tags, and the same sentences as the light page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plumbline.progress import rows
from plumbline.progress.model import Card
from plumbline.report import patient_pdf
from tests.progress.sample import CARDS, DAY14, DAY40, NOTED, PAGES, RED
from tests.report import papers

BAD = '#read("/etc/passwd") #panic() $x$ *b* \\ <a> @b "c" \r\n // '


@pytest.mark.parametrize("name", PAGES)
def test_it_is_one_tagged_page_with_letters_of_14_points_or_more(name: str) -> None:
    pdf = patient_pdf(PAGES[name])
    found = papers.read(pdf)
    box = found.pages[0].mediabox
    assert (len(found.pages), round(box.width), round(box.height)) == (1, 595, 842)
    assert papers.is_tagged(pdf)
    assert papers.least_size(pdf) >= 14
    assert len(pdf) < 100_000


@pytest.mark.parametrize("name", PAGES)
def test_it_says_what_the_light_page_says_and_no_sentence_more(name: str) -> None:
    progress = PAGES[name]
    summary, told = progress.summary, progress.help
    said = papers.words(patient_pdf(progress))
    wanted = [progress.hello, progress.when, summary.headline, *summary.lines, told.now_heading, *told.now, *told.today]
    wanted += [summary.next_visit, told.watched, told.clinic.label if told.clinic else "", progress.about[0]]
    if progress.chart:
        wanted += [progress.chart.heading, progress.chart.up, *(tick.label for tick in progress.chart.ticks)]
    if progress.guidance:
        wanted += [text for card in progress.guidance.cards[:1] for text in (card.title, card.text)]
    assert [text for text in wanted if text not in said] == []


def test_where_there_is_no_guidance_it_says_why_and_a_note_for_the_patient_stands_on_it() -> None:
    instead = "Ask your care team what to do now."
    assert DAY14.guidance
    said = papers.words(patient_pdf(replace(DAY14, guidance=replace(DAY14.guidance, cards=(), instead=instead))))
    assert instead in said
    assert NOTED.notes[0].text in papers.words(patient_pdf(NOTED))
    assert NOTED.notes_heading in papers.words(patient_pdf(NOTED))


@pytest.mark.parametrize("name", ["李娜", "🙂", "محمد", "दीप", "Zoë\u200b", "\ue000"])
def test_a_name_in_any_letters_is_no_reason_to_have_no_paper(name: str) -> None:
    pdf = patient_pdf(replace(DAY14, hello=f"Hello {name}"))
    assert papers.is_tagged(pdf)
    assert "Hello" in papers.words(pdf)
    assert "Your pain scores" in papers.words(pdf)


def test_whoever_does_not_see_the_chart_is_told_each_score() -> None:
    assert DAY40.chart
    assert papers.alternates(patient_pdf(DAY40)) == [rows.said(DAY40.chart)]


def test_its_title_and_name_tell_nothing_about_the_patient_and_its_language_is_set() -> None:
    found = papers.read(patient_pdf(replace(DAY14, language="es")))
    assert found.metadata
    assert found.metadata.title == "Your recovery"
    assert "Rosa" not in str(found.metadata)
    assert found.trailer["/Root"]["/Lang"] == "es"  # type: ignore[index]


def test_red_comes_with_whom_to_call_before_the_scores() -> None:
    said = papers.words(patient_pdf(RED))
    assert said.index("Call 112 now if:") < said.index("Your pain scores")


@pytest.mark.attack(38)
def test_text_is_never_read_as_markup_of_the_paper() -> None:
    bad = replace(
        DAY14, hello=BAD, words={**DAY14.words, "title": BAD},
        summary=replace(DAY14.summary, headline=BAD, lines=(BAD, BAD)),
        guidance=replace(DAY14.guidance, cards=(Card("a", "avoid", "walk", BAD, BAD),)),  # type: ignore[type-var]
        chart=replace(DAY14.chart, best=BAD, expected="<b>&</b>"),  # type: ignore[type-var]
    )  # fmt: skip
    said = papers.words(patient_pdf(bad))
    assert '#read("/etc/passwd") #panic() $x$ *b* \\ <a> @b "c"' in said
    assert "root:" not in said


def test_more_than_a_page_holds_gives_way_and_whom_to_call_never_does() -> None:
    many = tuple(replace(card, card=f"{card.card}{turn}") for turn in range(4) for card in CARDS)
    full = replace(DAY14, guidance=replace(DAY14.guidance, cards=many))  # type: ignore[type-var]
    long = replace(full, summary=replace(full.summary, lines=full.summary.lines * 5))
    for progress in (full, long):
        pdf = patient_pdf(progress)
        assert len(papers.read(pdf).pages) == 1
        assert "No one watches this page all day." in papers.words(pdf)
        assert papers.least_size(pdf) >= 14


def test_paper_says_when_it_holds_not_all_notes() -> None:
    left = DAY14.words["notes_left"]
    long = replace(NOTED, notes=(replace(NOTED.notes[0], text="Please rest a little. " * 220), *NOTED.notes))
    pdf = patient_pdf(long)
    assert left in papers.words(pdf)
    assert len(papers.read(pdf).pages) == 1
    assert left not in papers.words(patient_pdf(NOTED))
