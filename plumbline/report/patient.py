"""The patient's page of paper: the same sentences and the same chart as the light page, in letters of 14 pt or more."""

from __future__ import annotations

import copy
import threading
from functools import cache
from typing import Any

import vl_convert

from plumbline.charts.progress import MORE, PADDING, PAPER
from plumbline.charts.progress import progress as specification
from plumbline.progress import rows
from plumbline.progress.model import Chart, Help, Phone, Progress
from plumbline.progress.placing import Frame
from plumbline.report import press

_TEMPLATE = "patient.typ"
_WIDTH = 521.5  # between the margins of the page, in points: the chart is drawn as large as it is printed
_LOCK = threading.Lock()  # vl-convert has one engine


def patient_pdf(progress: Progress) -> bytes:
    """One A4 page, tagged, in the language of `progress`.

    What has no room gives way: first steps ahead, then steps reached, notes, cards.
    """
    told = _told(progress)
    chart = ""
    if progress.chart:
        chart = drawn(progress.chart, press.room(_TEMPLATE, told))
    return press.printed(_TEMPLATE, told, chart)


def drawn(chart: Chart, height: float) -> str:
    """The chart as SVG, so many points high with its words."""
    made = copy.deepcopy(_compiled())
    made["width"] = _WIDTH - PADDING["left"] - PADDING["right"]
    made["height"] = max(0.0, height - PADDING["top"] - PADDING["bottom"])
    frame = Frame(made["width"], made["height"], PAPER.size, PAPER.size + MORE)
    next(one for one in made["data"] if one["name"] == "rows")["values"] = rows.of(chart, frame)
    with _LOCK:
        return vl_convert.vega_to_svg(made, allowed_base_urls=[])


@cache
def _compiled() -> dict[str, Any]:
    """The specification as Vega, worked out once."""
    with _LOCK:
        return dict(vl_convert.vegalite_to_vega(specification("paper")))


def _told(progress: Progress) -> dict[str, Any]:
    chart, guidance, steps, summary = progress.chart, progress.guidance, progress.steps, progress.summary
    return {
        "title": progress.words["title"],
        "language": progress.language,
        "direction": progress.direction,
        "arrow": "→" if progress.direction == "ltr" else "←",
        "hello": progress.hello,
        "when": progress.when,
        "headline": summary.headline,
        "urgent": summary.is_urgent,
        "lines": summary.lines,
        "before": summary.before,
        "latest": summary.latest,
        "call": summary.call.label if summary.call else None,
        "next_visit": summary.next_visit,
        "chart": {
            "heading": chart.heading if chart else "",
            "up": chart.up if chart else "",
            "caption": chart.caption if chart else "",
            "said": rows.said(chart) if chart else "",
        },
        "guidance": guidance.heading if guidance else "",
        "cards": [{"title": card.title, "text": card.text} for card in guidance.cards] if guidance else [],
        "instead": guidance.instead if guidance else "",
        "steps_heading": steps.heading if steps else "",
        "steps": [step.text for step in steps.reached] if steps else [],
        "ahead_heading": steps.ahead_heading if steps else "",
        "ahead": [step.text for step in steps.ahead] if steps else [],
        "notes_heading": progress.notes_heading,
        "notes": [note.text for note in progress.notes],
        "notes_left": progress.words["notes_left"],
        "help": _help(progress.help),
        "about": progress.about[0] if progress.about else "",
    }


def _help(told: Help) -> dict[str, Any]:
    def label(phone: Phone | None) -> str:
        return phone.label + "." if phone else ""

    return {
        "now_heading": told.now_heading, "now": told.now,
        "emergency": "" if told.emergency.number in told.now_heading else label(told.emergency),
        "today_heading": told.today_heading, "today": told.today, "clinic": label(told.clinic),
        "closed": told.closed, "out_of_hours": label(told.out_of_hours), "watched": told.watched,
    }  # fmt: skip
