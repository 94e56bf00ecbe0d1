"""Score a file of items, one row a questionnaire, without a store: any text table or workbook that an import reads.

What `score … --json` prints has these keys, and none is ever taken away or given another meaning:

    file, instrument, coding, form        what was scored and how it was told; form is null where there is one only
    rule, rule_words                      the rule by its code in data/reference/scoring_rule.csv, and in words
    items                                 {"1": column, …}: which column was read as which item
    rows[]                                line, id (the other columns), status (done, missing, invalid), score (exact),
                                          shown (one decimal, cut), answered, of, rule, warnings[], reason
    totals                                rows, scored, missing, invalid: the last three add up to the first
    notes[]                               what is to be known of all of them
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plumbline.errors import PlumblineError
from plumbline.intake.reading import Reading, Table
from plumbline.intake.refused import FileRefused
from plumbline.intake.tables import tables
from plumbline.scoring.columns import item_columns
from plumbline.scoring.items import DONE, INVALID, MISSING, Scored, is_blank, points_of, score_items
from plumbline.scoring.rules import Rule, contradiction, is_undecided, offset_of, rule_of


@dataclass(frozen=True)
class Asked:
    """What the caller says of the file: how it is coded and filled in, which columns, which codes are no answer."""

    instrument: str
    coding: str | None = None
    form: str | None = None
    items: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reading: Reading = field(default_factory=Reading)


@dataclass(frozen=True)
class _Table:
    """A table, the places of the items in it, and its rows: line, cells, and why one can't be read."""

    header: list[str]
    places: list[int]
    rows: list[tuple[int, list[str], str | None]]


def score_file(path: Path, asked: Asked) -> tuple[dict[str, Any], int]:
    """Score each row; gives the answer and the exit code: 0 all scored, 1 some not, 2 none. Raises PlumblineError."""
    rule = rule_of(asked.instrument, asked.form)
    offset_of(rule, asked.coding)
    table = _read(path, rule, asked)
    places = table.places
    coding = asked.coding or rule.codings[0]
    seen = list(_seen(rule, table, places, asked))
    _refuse_contradiction(rule, coding, seen)
    notes = [_HOW]
    if len(rule.codings) > 1 and seen and is_undecided(rule, (point for _, point in seen)):
        notes.append(f"No answer shows whether the coding {coding} is right: the score stands on what was told.")
    rows = [_scored(asked, table, line, cells, fault) for line, cells, fault in table.rows]
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


def _scored(asked: Asked, table: _Table, line: int, cells: list[str], fault: str | None) -> dict[str, Any]:
    header, places = table.header, table.places
    kept = {name: cells[at] for at, name in enumerate(header) if at not in places and at < len(cells)}
    if fault is not None:
        return _row(line, kept, None, fault)
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
    for line, cells, fault in table.rows:
        for place in places if fault is None else ():
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


def _read(path: Path, rule: Rule, asked: Asked) -> _Table:
    """The one table of the file that has the items' columns. Raises PlumblineError."""
    if not path.is_file():
        raise PlumblineError(f"{path} is no file: give a file with one row a questionnaire.")
    try:
        table, places = _with_items(path, tables(path, asked.reading), rule, asked)
        rows = list(table.records())
    except FileRefused as refused:
        where = f", line {refused.line}" if refused.line else ""
        raise PlumblineError(f"{path.name}{where}: {refused.reason}.") from refused
    if not rows:
        raise PlumblineError(f"{path.name} has no row below its header: nothing to score.")
    for name in (table.header[place] for place in places):
        if f"{name} (2)" in table.header:
            raise PlumblineError(f"Two columns of {path.name} are called {name!r}: rename one.")
    return _Table(list(table.header), places, rows)


def _with_items(path: Path, found: list[Table], rule: Rule, asked: Asked) -> tuple[Table, list[int]]:
    fitting: list[tuple[Table, list[int]]] = []
    why: list[PlumblineError] = []
    for table in found:
        try:
            fitting.append((table, item_columns(rule, table.header, asked.items)))
        except PlumblineError as refused:
            why.append(refused)
    if not fitting:
        raise why[0]
    if len(fitting) > 1:
        names = ", ".join(table.name for table, _ in fitting)
        raise PlumblineError(f"Several sheets of {path.name} hold the items: name one of {names} with --sheet.")
    return fitting[0]
