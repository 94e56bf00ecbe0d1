"""Typst: a template of ours, texts as data that are never read as markup, one PDF that a screen reader can read.

A template gets the texts as JSON and the chart as SVG, both as strings, and opens no file. Our fonts have Latin, Greek
and Cyrillic letters; for a name in others the machine's fonts are asked, and what these lack, too, is printed as a
question mark in a box.
"""

from __future__ import annotations

import json
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
STAND_IN = "\ufffd"  # for a letter that no font here has: a question mark in a box
_UNSEEN = {"Cc", "Cf", "Zs"}  # categories of Unicode that need no letter
_LOCK = threading.Lock()  # a compiler does one document at a time


@cache
def _compiler(template: str, *, with_system: bool = False) -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=with_system, include_embedded_fonts=False, font_paths=[HERE / "fonts"]
    )
    return typst.Compiler(HERE / "templates" / template, root=HERE / "templates", font_paths=fonts)


def printed(template: str, told: dict[str, Any], chart: str = "") -> bytes:
    """The PDF of a template: `told` is what stands in it, `chart` an SVG."""
    text = json.dumps(told, ensure_ascii=False)
    strange = _strange(text)
    if not strange:
        return _made(template, text, chart)
    try:
        return _made(template, text, chart, with_system=True)
    except typst.TypstError:  # a tagged PDF may hold no letter that can't be shown
        return _made(template, text.translate(dict.fromkeys(map(ord, strange), STAND_IN)), chart)


def _made(template: str, text: str, chart: str, *, with_system: bool = False) -> bytes:
    with _LOCK:
        made = _compiler(template, with_system=with_system).compile(
            format="pdf", sys_inputs={"told": text, "chart": chart}, pdf_standards="ua-1"
        )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def _strange(text: str) -> set[str]:
    """The letters that one of our fonts lacks."""
    return {letter for letter in set(text) - _letters() if unicodedata.category(letter) not in _UNSEEN}


@cache
def _letters() -> frozenset[str]:
    fonts = [TTFont(path, lazy=True).getBestCmap() for path in sorted((HERE / "fonts").glob("*.ttf"))]
    return frozenset(chr(code) for code in set.intersection(*map(set, fonts)))


def room(template: str, told: dict[str, Any]) -> float:
    """How high the chart may be, in points: what the template leaves for it."""
    with _LOCK:
        compiler = _compiler(template)
        compiler.compile(format="svg", sys_inputs={"told": json.dumps(told), "chart": ""})
        found = json.loads(compiler.query("<room>", field="value"))
    return float(found[0])
