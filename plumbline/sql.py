"""Load a query file, bind its parameters, run it. The header of the file is its contract.

A file may build on others: `-- uses  status/reading_by_bin as reading` puts that file's query in front as a
common table expression; `-- instead  flag/date_by_course as asked` puts a file in the place of the one that files
within it use under that name. Values are only ever bound (`$name`), never written into the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from plumbline.errors import PlumblineError

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "queries"
_ORDER = re.compile(r"\norder by [^\n]*$")
_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")


@dataclass(frozen=True)
class Param:
    """A parameter of a query: its name, SQL type, an example value as text and what it means."""

    name: str
    type: str
    example: str
    meaning: str


@dataclass(frozen=True)
class Column:
    """A column of a query's result: name, DuckDB type, meaning and unit."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Query:
    """What the header of one query file promises."""

    name: str
    question: str
    grain: tuple[str, ...]
    params: tuple[Param, ...]
    columns: tuple[Column, ...]
    writes: bool
    uses: tuple[tuple[str, str], ...] = field(default=())
    instead: tuple[tuple[str, str], ...] = field(default=())


def _header(lines: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        if not line.startswith("-- "):
            break
        key, _, rest = line[3:].partition(" ")
        found.setdefault(key, []).append(rest.strip())
    return found


def _fields(line: str, count: int) -> list[str]:
    """Fields stand two spaces apart, as a type may hold single ones; one does where no field needs more."""
    parts = re.split(r" {2,}", line, maxsplit=count - 1)
    if len(parts) < count:
        parts = line.split(maxsplit=count - 1)
    return [*parts, *[""] * count][:count]


def _body(name: str) -> str:
    text = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip().rstrip(";")


def _unordered(body: str) -> str:
    """Without its last clause where that is the order: inside another query rows have none, and sorting costs."""
    return _ORDER.sub("", body)


def _aliased(header: dict[str, list[str]], key: str) -> tuple[tuple[str, str], ...]:
    return tuple((file, alias) for file, _, alias in (line.split() for line in header.get(key, [])))


def swaps(name: str) -> dict[str, str]:
    """Which file stands behind an alias instead of the usual one, anywhere within a query; the outermost word holds."""
    found: dict[str, str] = {}
    query = load(name)
    for file, _ in (*query.uses, *query.instead):
        found |= swaps(file)
    return found | {alias: file for file, alias in query.instead}


def _collect(name: str, alias: str, swapped: dict[str, str], found: dict[str, str]) -> None:
    name = swapped.get(alias, name)
    for file, inner in load(name).uses:
        _collect(file, inner, swapped, found)
    if found.setdefault(alias, name) != name:
        raise PlumblineError(f"Two query files are used under one name: {alias}.")


@cache
def parts(name: str) -> dict[str, str]:
    """The files that a query is built on, by alias, each after those that it needs itself."""
    found: dict[str, str] = {}
    for file, alias in load(name).uses:
        _collect(file, alias, swaps(name), found)
    return found


@cache
def compose(name: str) -> str:
    """The whole text of a query: the files that it uses as common table expressions, then its own body."""
    body = _body(name)
    before = [f"{alias} as materialized (\n{_unordered(_body(file))}\n)" for alias, file in parts(name).items()]
    if not before:
        return body
    if body.startswith("with "):
        return "with " + ",\n".join(before) + ",\n" + body[5:]
    return "with " + ",\n".join(before) + "\n" + body


@cache
def statement(name: str) -> Any:
    """The query as DuckDB has read it: reading a long text costs as much as planning it, so it is done once."""
    return duckdb.extract_statements(compose(name))[0]


def forget() -> None:
    """Read the query files again when they are next asked for: one has changed."""
    for kept in (load, parts, compose, statement):
        kept.cache_clear()


@cache
def load(name: str) -> Query:
    """Read `queries/<name>.sql`; raises PlumblineError when there is no such file or its header is broken."""
    path = QUERIES / f"{name}.sql"
    if not path.is_file():
        raise PlumblineError(f"There is no query file {name}.sql in queries/.")
    header = _header(path.read_text(encoding="utf-8").splitlines())
    try:
        params = tuple(Param(*_fields(line, 4)) for line in header.get("param", []))
        columns = tuple(Column(*_fields(line, 3)) for line in header.get("column", []))
        grain = tuple(part.strip() for part in header["grain"][0].split(","))
        question = header["question"][0]
    except (KeyError, TypeError) as broken:
        raise PlumblineError(f"The header of {name}.sql lacks {broken}: see data/README.md.") from broken
    uses, instead = _aliased(header, "uses"), _aliased(header, "instead")
    return Query(name, question, grain, params, columns, "column" not in header, uses, instead)


@contextmanager
def heeding_ctrl_c() -> Iterator[None]:
    """Let Ctrl-C be a KeyboardInterrupt during a query, too: DuckDB makes a RuntimeError of its own words of it."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise


def parameters(text: str) -> set[str]:
    """The names of the `$parameters` in a query's text."""
    return set(_PARAMETER.findall(text))


def run(cursor: Any, name: str, **params: Any) -> Any:
    """Run a query file on a cursor and give DuckDB's own result; a read or a write."""
    return cursor.execute(statement(name), params) if params else cursor.execute(statement(name))


def ask(cursor: Any, name: str, **params: Any) -> pd.DataFrame:
    """The answer to a query file as a frame with the columns of its header."""
    frame: pd.DataFrame = run(cursor, name, **params).df()
    return frame


def rows(cursor: Any, name: str, **params: Any) -> list[dict[str, Any]]:
    """The answer as plain dictionaries, for commands and JSON."""
    result = run(cursor, name, **params)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
