"""Typst: a template of ours, texts as data that are never read as markup, one PDF that a screen reader can read.

A template gets the texts as JSON and the chart as SVG, both as strings; it opens no file and has our fonts alone.
"""

from __future__ import annotations

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
_LOCK = threading.Lock()  # a compiler does one document at a time


@cache
def _compiler(template: str) -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])
    return typst.Compiler(HERE / "templates" / template, root=HERE / "templates", font_paths=fonts)


def printed(template: str, told: dict[str, Any], chart: str = "") -> bytes:
    """The PDF of a template: `told` is what stands in it, `chart` an SVG."""
    with _LOCK:
        made = _compiler(template).compile(
            format="pdf", sys_inputs={"told": json.dumps(told), "chart": chart}, pdf_standards="ua-1"
        )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def room(template: str, told: dict[str, Any]) -> float:
    """How high the chart may be, in points: what the template leaves for it."""
    with _LOCK:
        compiler = _compiler(template)
        compiler.compile(format="svg", sys_inputs={"told": json.dumps(told), "chart": ""})
        found = json.loads(compiler.query("<room>", field="value"))
    return float(found[0])
