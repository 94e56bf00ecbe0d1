"""`python -m plumbline mapping …`: propose a mapping for a file, and check one. Needs no store."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from plumbline import printing
from plumbline.errors import PlumblineError
from plumbline.intake import propose
from plumbline.intake.choice import choose
from plumbline.intake.mapped import preview
from plumbline.intake.mapping import Mapping
from plumbline.intake.reading import Reading
from plumbline.intake.refused import FileRefused
from plumbline.intake.roles import Said
from plumbline.intake.settled import LENGTHS, Settled
from plumbline.intake.template import workbook


def suggest(
    file: Annotated[Path, typer.Argument(help="A CSV or TSV file, an Excel workbook, or FHIR QuestionnaireResponses.")],
    to: Annotated[Path | None, typer.Option(help="Write the mapping there; default stdout.")] = None,
    name: Annotated[str | None, typer.Option(help="The mapping's name; default the file's.")] = None,
    clinic: Annotated[str | None, typer.Option(help="The clinic of all patients.")] = None,
    known: Annotated[bool, typer.Option("--known", help="All patients are in the store already.")] = False,
    pathway: Annotated[str | None, typer.Option(help="kyphoplasty, vertebroplasty or other.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="What a column is, as NAME=nrs_back@30 min or NAME=unused; repeatable.")
    ] = None,
    index_date: Annotated[
        str | None, typer.Option(help="Put every procedure on this day, as 2020-01-01T12:00: for relative times only.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="The column with the day of the scores.")] = None,
    sex: Annotated[str | None, typer.Option(help="What codes mean, as 0=female,1=male.")] = None,
    vas: Annotated[str | None, typer.Option(help="Visual scales up to 10 are cm, mm, or a numeric rating.")] = None,
    dates: Annotated[str | None, typer.Option(help="day-first or month-first.")] = None,
    decimal: Annotated[str | None, typer.Option(help="comma or dot.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Such as windows-1252.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="The sign between two cells.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.")] = None,
    header_line: Annotated[int | None, typer.Option(help="The line that names the columns.")] = None,
    coding: Annotated[str | None, typer.Option(help="How the ODI's items are coded: 0-5 or 1-6.")] = None,
    form: Annotated[str | None, typer.Option(help="How the RMDQ was filled in: paper or electronic.")] = None,
) -> int:
    """Propose a mapping; each line says how sure it is. Exit code 1: it has questions that must be settled."""
    _is_file(file)
    lengths = _one_of("--vas", vas, LENGTHS)
    settled = Settled(
        name, clinic, pathway, index_date, date, dates, decimal, sex, lengths, known, coding, form, _said(column)
    )  # fmt: skip
    reading = Reading(encoding, delimiter, sheet, header_line, dates, decimal)
    try:
        mapping = propose(file.expanduser(), settled, reading)
    except FileRefused as refused:
        raise PlumblineError(f"{file.name}, line {refused.line}: {refused.reason}.") from refused
    text = mapping.to_yaml()
    if to is None:
        sys.stdout.write(text)
    else:
        _write(to, text)
        printing.ERR.print(f"The mapping {mapping.name} is in {to}. Read it before you use it.", soft_wrap=True)
    for question in mapping.questions:
        printing.ERR.print(f"To be settled: {question}", soft_wrap=True)
    return 1 if mapping.questions else 0


def _said(given: list[str] | None) -> tuple[Said, ...]:
    """`--column NAME=ROLE@WHEN`: a name may hold = and @ itself, so both are looked for from the end."""
    found = []
    for one in given or ():
        name, mark, rest = one.rpartition("=")
        if not mark:
            raise PlumblineError(f"--column {one} says no role: write it as NAME=nrs_back@30 min, or NAME=unused.")
        role, _, when = rest.partition("@")
        found.append(Said(name.strip(), role.strip(), when.strip()))
    return tuple(found)


def _is_file(path: Path) -> None:
    """Raises PlumblineError where a path is no file that can be read."""
    try:
        if path.expanduser().is_dir():
            raise PlumblineError(f"{path} is a folder: name one of its files, and one mapping for each.")
        with path.expanduser().open("rb"):
            return
    except OSError as error:
        raise PlumblineError(f"{path} can't be read ({error.strerror}): check the path.") from error


def _one_of(option: str, given: str | None, known: tuple[str, ...]) -> str | None:
    if given not in (None, *known):
        raise PlumblineError(f"{option} {given} is not known: give {', '.join(known[:-1])} or {known[-1]}.")
    return given


def check(
    mapping: Annotated[Path, typer.Argument(help="A mapping.")],
    file: Annotated[Path | None, typer.Argument(help="A file that it is to read.")] = None,
) -> int:
    """Check a mapping, and what the first rows of a file give by it. Exit code 1: something is left to settle."""
    read = Mapping.from_yaml(text_of(mapping))
    for question in read.questions:
        printing.ERR.print(f"To be settled: {question}", soft_wrap=True)
    rejected = 0
    if file is not None:
        _is_file(file)
        if not read.rules:
            raise PlumblineError(f"The mapping {read.name} is for FHIR: see what it gives with `import --dry-run`.")
        try:
            chosen = choose(file.expanduser(), [read])
            if not chosen:
                raise PlumblineError(f"{file.name} is one of our own files and needs no mapping.")
            found = preview(*chosen[0])
        except FileRefused as refused:
            raise PlumblineError(f"{file.name}, line {refused.line}: {refused.reason}.") from refused
        printing.facts(found.rows, found.rejects)
        rejected = len(found.rejects)
    if not read.questions:
        printing.ERR.print(f"The mapping {read.name}, version {read.version}, can be used.", soft_wrap=True)
    return 1 if read.questions or rejected else 0


def given(mapping: str) -> dict[str, str]:
    """What `--mapping` names: the text of a file, or a mapping that is kept in the store."""
    path = Path(mapping).expanduser()
    if not path.is_file() and re.fullmatch(r"[\w-]{1,80}", mapping):
        return {"name": mapping}
    return {"yaml": text_of(path)}


def text_of(path: Path) -> str:
    """A mapping's text. Raises PlumblineError where it can't be read."""
    try:
        return path.expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlumblineError(f"The mapping {path} can't be read: give a YAML file in UTF-8.") from error


def _write(to: Path, text: str) -> None:
    try:
        to.expanduser().write_text(text, encoding="utf-8")
    except OSError as error:
        raise PlumblineError(f"{to} can't be written ({error.strerror}): name another file with --to.") from error


def template(
    to: Annotated[Path, typer.Argument(help="The workbook to write, such as patients.xlsx.")],
) -> int:
    """Write an empty workbook to fill in: a sheet for each kind of row, and what each column is."""
    path = to.expanduser()
    try:
        with path.open("xb") as file:
            file.write(workbook())
    except FileExistsError as error:
        raise PlumblineError(f"{to} is there already and was left as it is: name another file.") from error
    except OSError as error:
        raise PlumblineError(f"{to} can't be written ({error.strerror}): name another file.") from error
    printing.ERR.print(f"Fill in {to}, then: python -m plumbline import {to}", soft_wrap=True)
    return 0
