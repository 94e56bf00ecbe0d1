"""Tables as CSV for other programs: a cell that a spreadsheet would take for a formula is made text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from numbers import Number
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # and their wide forms
_BELOW_ZERO = re.compile(r"-[0-9]+([.,][0-9]+)?")


def cell(value: Any) -> str:
    """One cell as text; empty where nothing is known. Numbers stay numbers, text never becomes a formula."""
    if value is None or value != value:  # NaN and NaT differ from themselves
        return ""
    text = str(value)
    is_text = not isinstance(value, Number) and not _BELOW_ZERO.fullmatch(text)
    return f"'{text}" if is_text and text.lstrip(" ").startswith(_FORMULA) else text


def csv_bytes(columns: Mapping[str, str], rows: Iterable[Mapping[Any, Any]]) -> bytes:
    """The rows under `columns` (name in the rows, heading in the file); UTF-8 with a mark that Excel knows it by."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns.values())
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")
