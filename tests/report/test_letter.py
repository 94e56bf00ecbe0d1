"""The letter to the referring doctor: one page whatever there is, what is left out is counted, nothing acts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plumbline.report import Letter, letter_pdf
from tests.report import papers

LETTER = Letter(
    clinic="Demo Clinic Heath",
    phone="01632 960 142",
    written="26 November 2026",
    patient=(("Patient", "Rosa Example · P1 · female"), ("Date of birth", "1944-12-31")),
    day="Day 42 after the procedure, weeks 3 to 12.",
    verdict="Slower",
    headline="Slower than the expected course.",
    reasons=("Pain 7 on day 28, then 6 on day 42: both above the range.",),
    beside=("No bone scan recorded 60 days after the fracture.",),
    columns=("Score", "Before", "Latest", "Expected then", "Change"),
    scores=(("Back pain", "8 of 10 · day −4", "6 of 10 · day 42", "0 to 5", "fell 2 points: within error."),),
    milestones=("Shower · day 2", "Stairs · day 3"),
    medicines=("Tramadol 50 mg, since 1 October 2026",),
    next_visit="Month 3, 25 January 2027.",
    notes=("The expected range and the verdict's rules (v1) are not yet signed off by a clinician.",),
    author="Made by anna with Plumbline.",
)
MANY = replace(
    LETTER,
    reasons=LETTER.reasons * 12,
    scores=LETTER.scores * 9,
    milestones=tuple(f"Milestone {number} · day {number}" for number in range(25)),
    medicines=LETTER.medicines * 20,
)
BAD = '#read("/etc/passwd") *b* $x$ <a>'


def test_it_says_who_how_it_stands_and_why_and_that_nobody_has_signed() -> None:
    pdf = letter_pdf(LETTER)
    said = papers.words(pdf)
    told = [LETTER.headline, *LETTER.reasons, *LETTER.beside, *LETTER.scores[0], *LETTER.milestones, LETTER.next_visit]
    told += [*LETTER.medicines, LETTER.author, *LETTER.notes, "1944-12-31", "Rosa Example", LETTER.clinic]
    assert [text for text in told if text not in said] == []
    assert papers.is_tagged(pdf)
    found = papers.read(pdf)
    assert found.metadata
    assert "Rosa" not in str(found.metadata)


def test_it_is_one_page_and_counts_what_has_no_room() -> None:
    pdf = letter_pdf(MANY)
    said = papers.words(pdf)
    assert len(papers.read(pdf).pages) == 1
    assert "more" in said
    assert MANY.next_visit in said
    assert MANY.notes[0] in said


def test_nothing_recorded_is_said() -> None:
    said = papers.words(letter_pdf(replace(LETTER, scores=(), milestones=(), medicines=(), next_visit="")))
    assert said.count("None recorded.") == 3
    assert "None planned." in said


@pytest.mark.attack(38)
def test_text_in_a_letter_is_never_markup() -> None:
    bad = replace(LETTER, headline=BAD, patient=((BAD, BAD),), reasons=(BAD,), scores=((BAD,) * 5,), author=BAD)
    said = papers.words(letter_pdf(bad))
    assert BAD in said
    assert "root:" not in said
