"""What a PDF says of itself: its pages, its words, its tags, and how small its letters are."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf


def read(pdf: bytes) -> pypdf.PdfReader:
    """The PDF, opened."""
    return pypdf.PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    """Its text, with single spaces; a line that ends with a hyphen goes on without one."""
    text = " ".join(page.extract_text() for page in read(pdf).pages)
    return " ".join(re.sub(r"-\s*\n\s*", "-", text).split())


def least_size(pdf: bytes) -> float:
    """The smallest letters in points, as they are printed."""
    found: list[float] = []

    def visit(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        if text.strip():
            scale = abs(tm[3] * cm[3] - tm[2] * cm[1])
            found.append(round(size * scale, 1))

    for page in read(pdf).pages:
        page.extract_text(visitor_text=visit)
    return min(found)


def is_tagged(pdf: bytes) -> bool:
    """Whether a screen reader finds headings, lists and the words for pictures."""
    root: Any = read(pdf).trailer["/Root"]
    return bool(root["/MarkInfo"]["/Marked"]) and "/StructTreeRoot" in root


def alternates(pdf: bytes) -> list[str]:
    """The words for pictures."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            walk(node.get("/K"))

    walk(read(pdf).trailer["/Root"]["/StructTreeRoot"])  # type: ignore[index]
    return found
