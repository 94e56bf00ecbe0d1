"""What the documents name exists: files, tests, make targets, commands, query files."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from plumbline import intake, sql
from plumbline.intake.kinds import KINDS, Kind
from plumbline.store import open_store

DOCS = ["README.md", "CONTRIBUTING.md", "HAZARDS.md", "CHANGELOG.md", "data/README.md", "data/FORMATS.md"]
DOCS += ["deploy/README.md"]
FOLDERS = ("pages/", "queries/", "data/", "plumbline/", "tests/", "benchmarks/", "docs/", "deploy/", ".streamlit/")
FOLDERS += (".ci/",)
# Made by running, so named but never tracked.
MADE = {"data/plumbline.duckdb"}


def words(text: str) -> list[str]:
    """What stands in backticks or is linked."""
    return re.findall(r"`([^`\n]+)`", text) + re.findall(r"\]\(([^)#]+)\)", text)


def missing_files(text: str) -> list[str]:
    """Paths of this repository that aren't there; a pattern needs one match."""
    plain = [word for word in words(text) if word.startswith(FOLDERS) and not re.search(r"[<…\s]", word)]
    named = {word.partition("::")[0] for word in plain} - MADE
    return sorted(name for name in named if not list(sql.ROOT.glob(name.rstrip("/"))))


def missing_tests(text: str) -> list[str]:
    """Tests that are named but not written."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in (sql.ROOT / "tests").rglob("test_*.py"))
    named = {word.rpartition("::")[2] for word in words(text)}
    return sorted(name for name in named if re.fullmatch(r"test_\w+", name) and f"def {name}(" not in written)


def missing_targets(text: str) -> list[str]:
    """`make …` that the Makefile doesn't know."""
    known = re.findall(r"^([a-z-]+):", (sql.ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return sorted(set(re.findall(r"\bmake ([a-z]+)\b(?= |`|$|\n)", "\n".join(code(text)))) - set(known))


def code(text: str) -> list[str]:
    """Code spans and code blocks."""
    return re.findall(r"```[a-z]*\n(.*?)```", text, flags=re.DOTALL) + re.findall(r"`([^`\n]+)`", text)


def missing_commands(text: str) -> list[str]:
    """`python -m plumbline …` that the command line doesn't know."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (sql.ROOT / "plumbline" / "cli").glob("*.py"))
    found = re.findall(r'@(?:app|kept)\.command\((?:"(\w+)")?[^)]*\)\n(?:@\w+\n)*def (\w+)', source)
    known = {told or name for told, name in found} | set(re.findall(r'add_typer\([\w.]+, name="(\w+)"', source))
    known |= set(re.findall(r'^app\.command\("(\w+)"\)\(', source, flags=re.MULTILINE))
    return sorted(set(re.findall(r"python -m plumbline ([a-z]+)", "\n".join(code(text)))) - known)


CHECKS = [missing_files, missing_tests, missing_targets, missing_commands]


@pytest.mark.parametrize("doc", DOCS)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_what_a_document_names_exists(doc: str, check: Callable[[str], list[str]]) -> None:
    assert check((sql.ROOT / doc).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("check", "text", "found"),
    [
        (
            missing_files,
            "see `plumbline/nowhere.py` and [this](docs/none.png), not `queries/<topic>/a.sql`",
            ["docs/none.png", "plumbline/nowhere.py"],
        ),
        (missing_files, "see `data/reference/*.csv` and `tests/test_docs.py::test_x`", []),
        (missing_tests, "held by `tests/test_docs.py::test_that_nobody_wrote`", ["test_that_nobody_wrote"]),
        (missing_targets, "`make coffee`, `make run STORE=a.duckdb`", ["coffee"]),
        (missing_commands, "```\npython -m plumbline fly --fast\npython -m plumbline import a\n```", ["fly"]),
    ],
)
def test_what_is_not_there_is_seen(check: Callable[[str], list[str]], text: str, found: list[str]) -> None:
    assert check(text) == found


def native_files() -> dict[str, list[tuple[str, bool, str]]]:
    """The table of native files: column, whether it is needed, and its example."""
    text = (sql.ROOT / "data" / "FORMATS.md").read_text(encoding="utf-8")
    found = {}
    for file, cells in re.findall(r"^\| `(\w+)\.csv` \| (.+) \|$", text, flags=re.MULTILINE):
        columns = [cell for group in cells.split(" · ") for cell in group.split(" or **")]
        parts = [re.match(r"(\*{0,2})(\w+)(\*{0,2})[^`]*`([^`]*)`", column) for column in columns]
        found[file] = [(part[2], bool(part[3]), part[4]) for part in parts if part]
    return found


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_the_columns_of_each_native_file_are_those_that_are_read(kind: Kind) -> None:
    told = native_files()[kind.name]
    assert {name for name, _, _ in told} == set(kind.columns)
    assert {name for name, needed, _ in told if needed} == {*kind.required, *kind.any_of}


@pytest.mark.slow
def test_the_examples_of_the_formats_can_be_imported(tmp_path: Path) -> None:
    """One row a file, each column with its example: every row is stored."""
    folder = tmp_path / "files"
    folder.mkdir()
    for file, columns in native_files().items():
        with (folder / f"{file}.csv").open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([[name for name, _, _ in columns], [example for *_, example in columns]])
    store = open_store(tmp_path / "store.duckdb")
    result = intake.run(store, [folder], recorded_by="tests")
    cursor = store.cursor()
    assert intake.rejects(cursor, result.as_dict()["batch_id"]) == []
    assert result.as_dict()["totals"]["accepted"] == len(KINDS)
    store.close()


def test_the_documents_stay_short() -> None:
    lines = {doc: len(Path(sql.ROOT / doc).read_text(encoding="utf-8").splitlines()) for doc in DOCS}
    assert lines["CONTRIBUTING.md"] <= 70
    assert lines["README.md"] <= 250
