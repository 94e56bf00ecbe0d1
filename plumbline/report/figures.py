"""A comparison's charts as pictures: SVG for a report or a file, PNG for a slide; always in the light theme."""

from __future__ import annotations

import copy
import re
import threading
from typing import Any

import vl_convert

from plumbline.charts.theme import LIGHT
from plumbline.compare.drawings import Drawing

WIDTH = 620  # of a chart, in points: as wide as a page of A4 has room for
FONT = "DejaVu Sans, Verdana, sans-serif"
_SCALE = 2.0  # of a PNG
_LOCK = threading.Lock()  # vl-convert has one engine
_ID = re.compile(r'(id="|url\(#)((?:clip|gradient)[\w-]*)')


def svg(drawing: Drawing, width: int = WIDTH) -> str:
    """The chart as SVG. Its ids begin with its name, so that several stand in one page."""
    with _LOCK:
        made = vl_convert.vegalite_to_svg(_whole(drawing, width, "transparent"), allowed_base_urls=[])
    return _ID.sub(rf"\1{drawing.name}-\2", str(made))


def png(drawing: Drawing, width: int = WIDTH) -> bytes:
    """The chart as PNG, on the page's colour, twice as large as on a screen."""
    with _LOCK:
        made = vl_convert.vegalite_to_png(_whole(drawing, width, LIGHT.page), scale=_SCALE, allowed_base_urls=[])
    return bytes(made)


def _whole(drawing: Drawing, width: int, background: str) -> dict[str, Any]:
    made = copy.deepcopy(drawing.spec)
    made |= {"width": width, "background": background, "data": {"values": list(drawing.rows)}}
    made["config"]["font"] = FONT
    return made
