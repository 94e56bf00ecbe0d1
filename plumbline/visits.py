"""Planned visits as people say them, in sentences and tables; charts have narrower words of their own."""

from __future__ import annotations


def visit_words(visit: str, label: str = "") -> str:
    """The visit "month_3" as people say it: "3 months"; where its name isn't of that form, the timeline's own label."""
    unit, _, count = visit.partition("_")
    if visit == "baseline":
        return "before"
    return f"{count} {unit}{'' if count == '1' else 's'}" if count.isdecimal() else label or visit
