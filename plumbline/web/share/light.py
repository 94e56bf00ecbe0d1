"""The light page behind a share link: one answer of plain HTML, which needs no script and little of a phone.

What it says is `Progress`, said in `plumbline/progress`; here it is laid out and nothing is added.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from plumbline.progress.model import Card, Phone, Progress
from plumbline.web.share import light_chart, light_icons, light_words

TEMPLATES = Path(__file__).parent / "templates"
_MOST_PRINTED = 9  # rows of the table that a printed page has room for; the chart shows them all
_MOST_LINES = 30  # of what a printed page holds beside the chart and the help, at its larger size
_MOST_STEPS = 5  # reached, the newest first, that are printed
_LINE = 55  # letters
_SHORTEST = 2  # digits of a number that is dialled
_CHART = 17  # as high as so many lines, with its words
_ARROWS = {"ltr": "→", "rtl": "←"}


def page(progress: Progress, *, compared: bool, paper: bool) -> str:
    """The whole page. `compared`: the expected range is shown; `paper`: the link may have the PDF, too."""
    chart = progress.chart
    switch = None
    if chart and (chart.edges or not compared):
        word = progress.words["hide_range" if compared else "show_range"]
        switch = (_address(progress.language, compared=not compared), word)
    others = [
        (code, name, _address(code, compared=compared))
        for code, name in light_words.LANGUAGES.items()
        if code != progress.language
    ]
    return (
        _environment()
        .get_template("light.html")
        .render(
            p=progress,
            drawing=Markup(light_chart.drawn(chart)) if chart else "",
            switch=switch,
            languages=others,
            paper=paper,
            is_full=_lines(progress) > _MOST_LINES,
            arrow=_ARROWS[progress.direction],
        )
    )


def door(language: str, *, again: bool, busy: bool = False) -> str:
    """The fixed page that asks who opens a link: the same for every link, whether there is one or not.

    `again`: what was sent didn't open it; why is never told. `busy`: nothing can be opened now, whatever is sent.
    """
    return _door(language, asks=True, told="busy" if busy else "again" if again else "")


def over(language: str, *, busy: bool = False) -> str:
    """The fixed page for whoever has no page open (any more): the link opens it again. `busy`: it is, but not now."""
    return _door(language, asks=False, told="busy" if busy else "over")


def _door(language: str, *, asks: bool, told: str) -> str:
    """Both languages at once, that of the browser first: nothing is known yet of who reads it."""
    first = language if language in light_words.DOOR else next(iter(light_words.DOOR))
    words = {code: light_words.DOOR[code] for code in (first, *light_words.DOOR)}
    template = _environment().get_template("light_door.html")
    return template.render(language=first, words=words, asks=asks, told=told)


@cache
def policy() -> str:
    """A content policy for these pages: their own styles by their hash, forms to here, and nothing else at all."""
    digest = base64.b64encode(hashlib.sha256(_css().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; object-src 'none'"
    )


def _address(language: str, *, compared: bool) -> str:
    return f"/s?lang={language}" + ("" if compared else "&range=off")


def _lines(progress: Progress) -> int:
    """About how many lines of a printed page are beyond what always stands there."""
    chart, steps = progress.chart, progress.steps
    rows = len(chart.visits) if chart else 0
    cards = _high(text for card in _cards(progress) for text in (card.title, card.text))
    beside = max(cards, _CHART + (rows if rows <= _MOST_PRINTED else 0))  # the two columns
    below = max(min(len(steps.reached), _MOST_STEPS), len(steps.ahead)) if steps else 0
    name = (len(progress.hello) + (len(steps.praise) if steps else 0)) // _LINE  # which may be long
    return name + beside + below + _high([*progress.summary.lines, *(note.text for note in progress.notes)])


def _cards(progress: Progress) -> tuple[Card, ...]:
    return progress.guidance.cards if progress.guidance else ()


def _high(texts: Iterable[str]) -> int:
    return sum(1 + len(text) // _LINE for text in texts)


def _dialled(number: str) -> str:
    """What a telephone can dial, for the address behind a number: of several the first, and no extension.

    "112 / 061" are two numbers, "030/555 0101" is one; the (0) of "+44 (0)20" is not dialled.
    """
    spoken = re.sub(r"\(0\)", "", number) if "+" in number else number
    return next(filter(None, map(_first, re.split(r"[^\W\d_]+", spoken))), "")


def _first(number: str) -> str:
    """The first of the numbers between slashes, or all of it where it is an area's code and a number."""
    first, *others = [re.sub(r"[^0-9+*#;,]", "", part) for part in re.split(r"[/|]", number)]
    is_code = first.startswith("0") and others and len(others[0]) > len(first) + 1
    return first + "".join(others) if is_code or len(first) < _SHORTEST else first


def _whole(phone: Phone) -> Markup:
    """The label of a call, its number never broken over two lines."""
    number = Markup('<span class="number">{}</span>').format(phone.number)
    return Markup("<span>{}</span>").format(escape(phone.label).replace(escape(phone.number), number))


@cache
def _css() -> str:
    return (TEMPLATES / "light.css").read_text(encoding="utf-8").replace("\n", "")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    made.filters.update(dialled=_dialled, whole=_whole)
    made.globals.update(lines=light_icons.lines, most_printed=_MOST_PRINTED, css=Markup(_css()))
    return made
