"""The report of a comparison: one HTML file that needs nothing else, and a PDF; both say the same.

What may leave the clinic is settled before: a report is made of a comparison whose small numbers are hidden, and of
nothing else, so no chart, table or word in it can hold more.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from plumbline import VERSION
from plumbline.compare.drawings import Drawing, Limits, drawings
from plumbline.compare.model import Comparison, Group
from plumbline.compare.tables import Table, tables
from plumbline.compare.words import main_question
from plumbline.report import figures, press

TEMPLATES = Path(__file__).parent / "templates"
_SIZE = re.compile(r'(<svg [^>]*class="marks") width="[\d.]+" height="[\d.]+"')
_SPELT = str.maketrans(
    {"◆": "(diamond)", "▲": "(triangle)", "▼": "(triangle, point down)", "■": "(square)", "✚": "(cross)"}
)
_STARRED = str.maketrans({"■": "*"})
"""Signs that our fonts for paper lack, in captions as words and in tables as a star."""


@dataclass(frozen=True)
class Told:
    """What a report says beside the comparison: what is marked, up to which count is hidden, whether the patients are
    made up, who made it, and on which day."""

    limits: Limits
    hides: int
    is_made_up: bool
    author: str
    made_on: str


def comparison_html(found: Comparison, told: Told) -> bytes:
    """One file: no script, no address that is fetched, charts as inline SVG, every figure in a table as well."""
    pictures = [
        asdict(one) | {"svg": Markup(_fluid(figures.svg(one)))} for one in _drawn(found, told) if not one.is_empty
    ]
    page = _environment().get_template("comparison.html").render(**_words(found, told), charts=pictures)
    return page.encode("utf-8")


def comparison_pdf(found: Comparison, told: Told) -> bytes:
    """The same on paper: A4, tagged, so that a screen reader finds headings, tables and the words for charts."""
    charts = [
        {"title": one.title, "svg": figures.svg(one), "alt": one.alt, "caption": one.caption.translate(_SPELT),
         "name": one.name}
        for one in _drawn(found, told) if not one.is_empty
    ]  # fmt: skip
    words = _words(found, told)
    words["tables"] = [
        {"title": one.title, "columns": one.columns, "note": one.note.translate(_STARRED),
         "rows": [[cell.translate(_STARRED) for cell in row] for row in one.rows]}
        for one in words["tables"]
    ]  # fmt: skip
    return press.printed("comparison.typ", {**words, "charts": charts})


def _drawn(found: Comparison, told: Told) -> list[Drawing]:
    return list(drawings(found, told.limits, "light").values())


def _fluid(picture: str) -> str:
    """An SVG that is as wide as its place; its alternative stands beside it."""
    return _SIZE.sub(r'\1 width="100%" role="presentation"', picture, count=1)


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _words(found: Comparison, told: Told) -> dict[str, Any]:
    """What both renderings say, as plain texts; tables as they are."""
    asked = found.question
    known = "" if asked.known_at is None else f"{asked.known_at:%-d %B %Y %H:%M} UTC"
    return {
        "title": found.verdict.headline,
        "mark": found.verdict.mark,
        "sentence": found.verdict.sentence,
        "question": main_question(found),
        "checks": [[one.mark, one.question, one.words] for one in found.checks],
        "groups": [_group(one) for one in found.groups],
        "tables": _tables(found),
        "missing": found.missing.words,
        "looked": found.looked,
        "citations": sorted({f"{one.study}: {one.citation}" for one in found.published}),
        "notes": [*found.notes, *_about(told)],
        "facts": [
            ["As of", f"{asked.as_of:%-d %B %Y}"],
            ["Known at", known or "as known when this was made"],
            ["Made", f"{told.made_on}, {told.author}" if told.author else told.made_on],
            ["Plumbline", VERSION],
        ],
    }


def _tables(found: Comparison) -> list[Table]:
    return list(tables(found))


def _group(one: Group) -> list[str]:
    version = "not saved" if one.version is None else f"version {one.version}"
    count = "hidden" if one.episodes is None else f"{one.episodes:,}"
    return [one.name, one.said, count, version, one.digest]


def _about(told: Told) -> list[str]:
    made_up = ["All patients here are made up."] if told.is_made_up else []
    return [
        f"Counts from 1 to {told.hides} are hidden, and so is what would give them away; 0 is shown.",
        "Every interval is of 95%. Groups stand in the order in which they were chosen: nobody is ranked.",
        "Shows how groups differ, not why. Not a medical device.",
        *made_up,
    ]
