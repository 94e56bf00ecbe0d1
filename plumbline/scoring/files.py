"""Score a CSV file of items, one row a questionnaire, without a store."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plumbline.errors import PlumblineError
from plumbline.scoring.columns import item_columns
from plumbline.scoring.items import DONE, INVALID, MISSING, Scored, is_blank, points_of, score_items
from plumbline.scoring.rules import Rule, contradiction, is_undecided, offset_of, rule_of

_DELIMITERS = ",;\t|"
_MOST_BYTES = 1 << 28


@dataclass(frozen=True)
class Asked:
    """What the caller says of the file: how it is coded and filled in, which columns, which codes are no answer."""

    instrument: str
    coding: str | None = None
    form: str | None = None
    items: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Table:
    header: list[str]
    rows: list[tuple[int, list[str]]]


def score_file(path: Path, asked: Asked) -> tuple[dict[str, Any], int]:
    """Score each row; gives the answer and the exit code: 0 all scored, 1 some not, 2 none. Raises PlumblineError."""
    rule = rule_of(asked.instrument, asked.form)
    offset_of(rule, asked.coding)
    table = _read(path)
    places = item_columns(rule, table.header, asked.items)
    coding = asked.coding or rule.codings[0]
    seen = list(_seen(rule, table, places, asked))
    _refuse_contradiction(rule, coding, seen)
    notes = [_HOW]
    if len(rule.codings) > 1 and seen and is_undecided(rule, (point for _, point in seen)):
        notes.append(f"No answer shows whether the coding {coding} is right: the score stands on what was told.")
    rows = [_scored(asked, table.header, line, cells, places) for line, cells in table.rows]
    done = sum(row["status"] == DONE for row in rows)
    answer = {
        "file": path.name,
        "instrument": asked.instrument,
        "rule": rule.rule,
        "rule_words": rule.words,
        "coding": coding,
        "form": asked.form,
        "items": {str(number): table.header[place] for number, place in enumerate(places, 1)},
        "rows": rows,
        "totals": {
            "rows": len(rows),
            "scored": done,
            "missing": sum(row["status"] == MISSING for row in rows),
            "invalid": sum(row["status"] == INVALID for row in rows),
        },
        "notes": notes,
    }
    return answer, 0 if done == len(rows) else 1 if done else 2


_HOW = "`score` is exact; `shown` has one decimal, cut and not rounded, as in the published 16/45 = 35.5%."


def _scored(asked: Asked, header: list[str], line: int, cells: list[str], places: list[int]) -> dict[str, Any]:
    kept = {name: cells[at] for at, name in enumerate(header) if at not in places and at < len(cells)}
    if len(cells) != len(header):
        reason = f"the row has {len(cells)} cells, the header {len(header)}"
        return _row(line, kept, None, reason)
    answers = [cells[place] for place in places]
    scored = score_items(asked.instrument, answers, coding=asked.coding, form=asked.form, missing=asked.missing)
    return _row(line, kept, scored, scored.reason)


def _row(line: int, kept: dict[str, str], scored: Scored | None, reason: str | None) -> dict[str, Any]:
    return {
        "line": line,
        "id": kept,
        "status": scored.status if scored else INVALID,
        "score": scored.value if scored else None,
        "shown": scored.shown if scored else None,
        "answered": scored.answered if scored else None,
        "of": scored.items if scored else None,
        "rule": scored.rule if scored else None,
        "warnings": list(scored.warnings) if scored else [],
        "reason": reason,
    }


def _seen(rule: Rule, table: _Table, places: Sequence[int], asked: Asked) -> Iterator[tuple[int, int]]:
    """Every whole number that stands as an answer, with its line."""
    missing = frozenset(code.strip().casefold() for code in asked.missing)
    for line, cells in table.rows:
        for place in places if len(cells) == len(table.header) else ():
            point = None if is_blank(cells[place], missing) else points_of(cells[place], is_ticked=rule.is_ticked)
            if point is not None:
                yield line, point


def _refuse_contradiction(rule: Rule, coding: str, seen: list[tuple[int, int]]) -> None:
    """One answer that only another coding has makes every score of the file doubtful, so none is given."""
    other = contradiction(rule, coding, (point for _, point in seen))
    if other is None:
        return
    line, point = next(one for one in seen if contradiction(rule, coding, [one[1]]))
    raise PlumblineError(
        f"Line {line} holds the answer {point}, which the coding {coding} doesn't have, while the file fits {other}"
        f". Nothing was scored: give --coding {other}, or correct the file."
    )


def _read(path: Path) -> _Table:
    if not path.is_file():
        raise PlumblineError(f"{path} is no file: give a CSV file with one row a questionnaire.")
    if path.stat().st_size > _MOST_BYTES:
        raise PlumblineError(f"{path.name} is larger than 256 MiB: split it.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise PlumblineError(f"{path.name} can't be read as UTF-8 text: save it as CSV in UTF-8.") from error
    if "\0" in text:
        raise PlumblineError(f"{path.name} is no text file: save it as CSV in UTF-8.")
    top = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=top.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        found = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise PlumblineError(f"{path.name} is no well-formed CSV: a quote is left open or stands astray.") from error
    if len(found) <= 1:
        raise PlumblineError(f"{path.name} has no row below its header: nothing to score.")
    header = [name.strip() for name in found[0][1]]
    names = [name.casefold() for name in header]
    if twice := [name for at, name in enumerate(names) if name and name in names[:at]]:
        raise PlumblineError(f"Two columns of {path.name} are called {twice[0]!r}: rename one.")
    return _Table(header, found[1:])
