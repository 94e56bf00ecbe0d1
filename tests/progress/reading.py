"""How hard a page is to read: its sentences, and its grade, added up sentence by sentence as textstat would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import textstat

from plumbline.progress import Progress

LONGEST = 14
TOO_SHORT = 2  # words: textstat takes none such for a sentence
NOT_SAID = {"key", "situation", "milestone", "card", "kind", "icon", "number", "language", "direction", "words"}


def sentences(text: str) -> list[str]:
    """Sentences of a text: it may hold several, and titles end without a mark."""
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if re.search(r"\w", part)]


def texts(said: Any) -> Iterator[str]:
    """Every text of a page, whatever part it stands in."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, tuple | list):
        for one in said:
            yield from texts(one)
    elif is_dataclass(said) and not isinstance(said, type):
        for field in fields(said):
            if field.name not in NOT_SAID:
                yield from texts(getattr(said, field.name))


def prose(page: Progress) -> list[str]:
    """The sentences of a page, without the rows of its table, the axis, names and buttons."""
    chart = page.chart
    parts: list[Any] = [page.when, page.summary.headline, page.summary.lines, page.summary.next_visit, page.help]
    parts += [page.guidance, page.steps, page.about, *([chart.up, chart.caption] if chart else [])]
    parts += [visit.sentence for visit in chart.visits] if chart else []
    return [sentence for text in texts(parts) for sentence in sentences(text)]


@cache
def counts(sentence: str, language: str) -> tuple[int, int]:
    """Words and syllables of a sentence."""
    textstat.set_lang(language)
    return textstat.lexicon_count(sentence), textstat.syllable_count(sentence)


def grade(page: list[str], language: str) -> float:
    """Flesch-Kincaid's grade of a page in English, at most 6; Fernández-Huerta's ease in Spanish, at least 70."""
    told = [counts(sentence, language) for sentence in page]
    spoken, syllables = (sum(column) for column in zip(*told, strict=True))
    length = spoken / sum(number > TOO_SHORT for number, _ in told)
    if language == "en":
        return 0.39 * length + 11.8 * syllables / spoken - 15.59
    return 206.84 - 60 * syllables / spoken - 1.02 * length
