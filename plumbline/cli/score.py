"""`python -m plumbline score`: a questionnaire's scores from a file of its items. Needs no store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plumbline import printing
from plumbline.intake.reading import Reading
from plumbline.intake.scored import Asked, score_file


def score(
    instrument: Annotated[str, typer.Argument(help="odi or rmdq.")],
    file: Annotated[Path, typer.Argument(help="A CSV, TSV or Excel file: a row a questionnaire, a column an item.")],
    coding: Annotated[str | None, typer.Option(help="How ODI answers are coded: 0-5 or 1-6.")] = None,
    form: Annotated[str | None, typer.Option(help="How the RMDQ was filled in: paper or electronic.")] = None,
    items: Annotated[str | None, typer.Option(help="The item columns in order: a,b,c …")] = None,
    missing: Annotated[str | None, typer.Option(help="Codes that stand for no answer: 999,-9,NA.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Such as windows-1252.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="The sign between two cells.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.")] = None,
    header_line: Annotated[int | None, typer.Option(help="The line that names the columns.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on stdout, and nothing else there.")] = False,
) -> int:
    """Score a file of items. Exit code 1: some rows have no score; 2: none has."""
    reading = Reading(encoding, delimiter, sheet, header_line)
    asked = Asked(instrument.casefold(), coding, form, _split(items), _split(missing), reading)
    answer, exit_code = score_file(file.expanduser(), asked)
    (printing.as_json if as_json else printing.scored)(answer)
    return exit_code


def _split(given: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in given.split(",") if part.strip()) if given else ()
