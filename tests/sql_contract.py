"""What a query file promises in its header, checked against DuckDB itself and against the code that asks it.

Each check gives a list of faults in words, so that a test can show them all at once, and so that a broken file
seeded by `test_queries.py` proves that the check sees it.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from plumbline import sql

MOST_LINES = 80
LONGEST_LINE = 120
FIELDS = ("question", "grain", "param", "uses", "instead", "after", "frame", "column", "missing", "source")
ONCE = ("question", "grain")
ONE_ROW = ("one row",)
CLOCKS = re.compile(
    r"\b(?:now|today|get_current_\w+|transaction_timestamp)\s*\(|"
    r"\b(?:current_date|current_time|current_timestamp|localtime|localtimestamp)\b"
)
ASKING = {"ask", "arrow", "rows", "run"}
PLUMBING = ("plumbline/sql.py", "plumbline/web/asking.py", "plumbline/web/cache.py")
SCOPE = "clinics"  # a page's context gives it, whoever asks


def names() -> list[str]:
    """Every query file as `topic/name`."""
    return sorted(path.relative_to(sql.QUERIES).with_suffix("").as_posix() for path in sql.QUERIES.rglob("*.sql"))


def _text(name: str) -> str:
    return (sql.QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def _without_strings(text: str) -> str:
    return re.sub(r"'[^']*'", "''", text)


def header_faults(name: str) -> list[str]:
    """The fields, each spelt and ordered as agreed, above the body and nowhere else."""
    lines = _text(name).splitlines()
    top = [line for line in lines if line.startswith("--")]
    faults = [] if lines[: len(top)] == top else ["a comment stands below the header: say it in the header"]
    fields = [line[3:].split(" ", 1)[0] for line in top]
    faults += [f"unknown header field: {field!r}" for field in sorted(set(fields) - set(FIELDS))]
    known = [FIELDS.index(field) for field in fields if field in FIELDS]
    if known != sorted(known):
        faults.append(f"header fields are not in the order {', '.join(FIELDS)}")
    faults += [f"needs exactly one {field!r}" for field in ONCE if fields.count(field) != 1]
    query = sql.load(name)
    if not query.question.endswith(("?", ".")):
        faults.append("the question is no sentence")
    faults += [f"param {p.name} lacks an example or a meaning" for p in query.params if not (p.example and p.meaning)]
    faults += [f"column {c.name} lacks a meaning" for c in query.columns if not c.meaning]
    return faults


def style_faults(name: str) -> list[str]:
    """Short, lower case, one statement, spaces only, and no clock: the day is always a parameter."""
    text = _text(name)
    body = _without_strings("\n".join(line for line in text.splitlines() if not line.startswith("--")))
    faults = []
    if len(body.splitlines()) > MOST_LINES:
        faults.append(f"{len(body.splitlines())} lines below the header, more than {MOST_LINES}")
    long = [line for line in body.splitlines() if len(line) > LONGEST_LINE]
    faults += [f"a line longer than {LONGEST_LINE}: {line[:40]}…" for line in long]
    faults += [f"not lower case: {word}" for word in sorted(set(re.findall(r"\b\w*[A-Z]\w*\b", body)))]
    if ";" in body:
        faults.append("a semicolon: one file is one statement")
    if "\t" in text:
        faults.append("a tab: indent with 4 spaces")
    faults += [f"reads the clock: {word}" for word in sorted(set(CLOCKS.findall(body)))]
    return faults


def parameter_faults(name: str) -> list[str]:
    """The header's parameters are those that DuckDB finds in the whole text, no more and no fewer."""
    statements = duckdb.extract_statements(sql.compose(name))
    if len(statements) != 1:
        return [f"{len(statements)} statements instead of one"]
    found, told = set(statements[0].named_parameters), {param.name for param in sql.load(name).params}
    faults = [f"${missing} is used but not in the header" for missing in sorted(found - told)]
    return faults + [f"param {extra} is in the header but not used" for extra in sorted(told - found)]


def instead_faults(name: str) -> list[str]:
    """A file that stands in for another is used under that name within, and gives the very same columns and grain."""
    faults = []
    for file, alias in sql.load(name).instead:
        usual = {used for inner in _within(name) for used, known in sql.load(inner).uses if known == alias}
        if not usual:
            faults.append(f"puts {file} in the place of {alias}, which nothing within uses")
        for other in sorted(usual - {file}):
            new, old = sql.load(file), sql.load(other)
            if [(c.name, c.type) for c in new.columns] != [(c.name, c.type) for c in old.columns]:
                faults.append(f"{file} gives other columns than {other}, whose place it takes")
            if new.grain != old.grain:
                faults.append(f"{file} has another grain than {other}, whose place it takes")
    return faults


def _within(name: str) -> Iterator[str]:
    yield name
    for file, _ in (*sql.load(name).uses, *sql.load(name).instead):
        yield from _within(file)


def values(cursor: Any, name: str) -> dict[str, Any]:
    """The header's example values, cast by DuckDB to the declared types; `null` is allowed."""
    found = {}
    for param in sql.load(name).params:
        text = None if param.example == "null" else param.example
        found[param.name] = cursor.execute(f"select cast($v as {param.type})", {"v": text}).fetchone()[0]
    return found


def _fields(name: str, field: str) -> list[str]:
    files = (name, *sql.parts(name).values())
    lines = [line for file in files for line in _text(file).splitlines()]
    return [line[3:].split(maxsplit=1)[1] for line in lines if line.startswith(f"-- {field} ")]


def prepare(cursor: Any, name: str) -> None:
    """Make what a query stands on: `after` names a write that makes a temporary table or macro, `frame` tells the
    columns of a frame that the code registers."""
    for file in dict.fromkeys(_fields(name, "after")):
        prepare(cursor, file)
        _bound(cursor, "", file)
    for told in dict.fromkeys(_fields(name, "frame")):
        table, _, columns = told.partition("  ")
        cursor.execute(f"create or replace temp table {table} ({columns})")


def _bound(cursor: Any, before: str, name: str) -> Any:
    given = values(cursor, name)
    text = f"{before}{sql.compose(name)}"
    return cursor.execute(text, given) if given else cursor.execute(text)


def write_faults(cursor: Any, name: str) -> list[str]:
    """A write binds against the schema: its tables and columns exist. `explain` changes nothing."""
    prepare(cursor, name)
    try:
        _bound(cursor, "explain (format json) ", name)  # to draw the plan as text takes longer than to make it
    except duckdb.Error as error:
        return [str(error).splitlines()[0]]
    return []


def column_faults(cursor: Any, name: str) -> list[str]:
    """A read gives the header's columns, in that order, with those types, by DuckDB's own `describe`."""
    prepare(cursor, name)
    found = [(row[0], row[1].lower().replace('"', "")) for row in _bound(cursor, "describe ", name).fetchall()]
    told = [(column.name, column.type.lower().replace('"', "")) for column in sql.load(name).columns]
    if found == told:
        return []
    return [f"gives {' '.join(one)}" for one in found if one not in told] + [
        f"promises {' '.join(one)}" for one in told if one not in found
    ] or ["gives its columns in another order than the header"]


def _final(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node.get("type") == "SELECT_NODE":
        yield node
    for side in ("left", "right"):
        if isinstance(node.get(side), dict):
            yield from _final(node[side])


@lru_cache(maxsize=1)
def _answer(cursor: Any, text: str, given: tuple[tuple[str, Any], ...]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = (cursor.execute(text, dict(given)) if given else cursor.execute(text)).fetchall()
    return found


def answer(cursor: Any, name: str) -> list[tuple[Any, ...]]:
    """The answer to a query's header examples; asked once for all checks of it that follow each other."""
    return _answer(cursor, sql.compose(name), tuple(values(cursor, name).items()))


def select_faults(cursor: Any, name: str) -> list[str]:
    """The last select names its columns; what gives more than one row says in which order."""
    prepare(cursor, name)
    tree = json.loads(cursor.execute("select json_serialize_sql($text)", {"text": sql.compose(name)}).fetchone()[0])
    if tree["error"]:
        return [f"DuckDB can't read it: {tree.get('error_message')}"]
    node = tree["statements"][0]["node"]
    faults = [
        "the final select has a star: name the columns"
        for select in _final(node)
        for item in select["select_list"]
        if item["class"] == "STAR"
    ]
    ordered = any(modifier["type"] == "ORDER_MODIFIER" for modifier in node["modifiers"])
    several = len(answer(cursor, name)) > 1
    return faults + (["gives several rows but no order"] if several and not ordered else [])


def grain_faults(cursor: Any, name: str) -> list[str]:
    """No two rows share the grain, which names columns of the answer (or says `one row`)."""
    prepare(cursor, name)
    query = sql.load(name)
    if query.grain == ONE_ROW:
        return [] if len(answer(cursor, name)) <= 1 else ["gives more than one row"]
    known = {column.name for column in query.columns}
    if lacking := [key for key in query.grain if key not in known]:
        return [f"the grain names {key}, which is no column" for key in lacking]
    places = [[column.name for column in query.columns].index(key) for key in query.grain]
    seen = Counter(repr([row[place] for place in places]) for row in answer(cursor, name))
    twice = [key for key, times in seen.items() if times > 1]
    told = f"the grain ({', '.join(query.grain)}) is not unique, {len(twice)} times, such as"
    return [f"{told} {twice[0]}"] if twice else []


def example_faults(cursor: Any, name: str) -> list[str]:
    """The examples find something on the demo store, or the header says what no row means: an empty answer proves
    nothing about types or grain."""
    prepare(cursor, name)
    said = any(line.startswith("no row") for line in _fields(name, "missing"))
    return [] if answer(cursor, name) or said else ["the header's examples find no row on the demo store"]


@dataclass(frozen=True)
class Call:
    """One place in the code that asks a query file."""

    file: str
    line: int
    name: str
    params: frozenset[str]
    by_context: bool = False


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _by_context(node: ast.Call) -> bool:
    """Whether a page's context is asked, as in `ctx.ask` or `form.ctx.at_present.arrow`."""
    asked = node.func.value if isinstance(node.func, ast.Attribute) else None
    while isinstance(asked, ast.Attribute) and asked.attr == "at_present":
        asked = asked.value
    return "ctx" in (getattr(asked, "attr", ""), getattr(asked, "id", ""))


def calls(file: Path, root: Path) -> Iterator[Call | str]:
    """Each `ask`, `rows` or `run` of a query file in a source file; a fault in words where the name isn't plain."""
    where = file.relative_to(root).as_posix()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or _called(node) not in ASKING or where in PLUMBING:
            continue
        told = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if len(told) == 1 and "/" in told[0]:
            given = [keyword.arg for keyword in node.keywords]
            if None in given:
                yield f"{where}:{node.lineno} gives {told[0]} its parameters by **: write them out"
            yield Call(where, node.lineno, told[0], frozenset(filter(None, given)), _by_context(node))
        elif any(isinstance(arg, ast.JoinedStr) for arg in node.args):
            yield f"{where}:{node.lineno} builds the name of a query file: write it out"


def call_faults(found: list[Call | str]) -> list[str]:
    """Every call names a real file with exactly its parameters."""
    faults = [one for one in found if isinstance(one, str)]
    known = set(names())
    for call in (one for one in found if isinstance(one, Call)):
        if call.name not in known:
            faults.append(f"{call.file}:{call.line} asks {call.name}, which is no query file")
        elif call.params != (told := _wanted(call)):
            faults.append(f"{call.file}:{call.line} gives {call.name} {sorted(call.params)} instead of {sorted(told)}")
    return faults


def _wanted(call: Call) -> set[str]:
    told = {param.name for param in sql.load(call.name).params}
    return told - {SCOPE} if call.by_context else told


def strings(file: Path) -> set[str]:
    """Every string constant of a source file: a query may be named in a table of names."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def unused(files: list[Path]) -> list[str]:
    """Query files that neither the code names nor another query uses."""
    used = set().union(*(strings(file) for file in files)) if files else set()
    used |= {file for name in names() for file, _ in (*sql.load(name).uses, *sql.load(name).instead)}
    return [name for name in names() if name not in used]
