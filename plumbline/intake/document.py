"""Read FHIR JSON resource by resource, each with its line; numbers stay text, doubled keys and bad syntax are seen."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plumbline.intake.decoder import Decoder, Doubled, Number
from plumbline.intake.table import FileRefused, probe
from plumbline.intake.text import Text, names_one

READ = (
    *("Patient", "Procedure", "Condition", "Observation", "Organization"),
    *("MedicationStatement", "MedicationRequest", "Medication", "DocumentReference", "QuestionnaireResponse"),
)
_SAMPLE = 1 << 16
_SPACE = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True)
class Entry:
    """One resource of a document: where it stands, its address in the bundle, and what is wrong with it, if anything.

    `body` is None where there is no resource; `has_request` tells an empty entry that only asks or answers.
    """

    line: int
    body: dict[str, Any] | None
    full_url: str | None = None
    fault: str | None = None
    has_request: bool = False


def read_document(path: Path) -> list[Entry]:
    """Every resource of a bundle, or of a file with one resource. Raises FileRefused."""
    try:
        return _whole(path.read_text(encoding=_encoding(path)))
    except RecursionError as error:
        raise FileRefused("the JSON is nested too deeply to be FHIR: export it again") from error


def read_lines(path: Path, only: Iterable[int] | None = None) -> Iterator[Entry]:
    """Every resource of newline-delimited JSON, one at a time. Raises FileRefused. `only`: these, in order."""
    wanted = iter(only) if only is not None else None
    turn = next(wanted, 0) if wanted is not None else 0
    with path.open(encoding=_encoding(path)) as file:
        for number, line in enumerate(file, 1):
            if wanted is not None:
                if number != turn:
                    continue
                turn = next(wanted, 0)
            if stripped := line.strip():
                yield _line(number, stripped)


def is_of_observations(path: Path, text: Text) -> bool:
    """Whether a file of lines may be read at once: UTF-8, and there are observations among its first lines."""
    if text.encoding != "utf-8-sig" or text.ends not in {"LF", "CRLF"} or not names_one(path):
        return False
    with path.open("rb") as file:
        return b'"Observation"' in file.read(_SAMPLE)


def _encoding(path: Path) -> str:
    found = probe(path)
    if not found.is_clean:
        raise FileRefused("the file is not UTF-8, or holds a NUL: export it again as UTF-8")
    return found.encoding


def _line(number: int, line: str) -> Entry:
    decoder = Decoder()
    try:
        body, end = decoder.value(line, 0)
    except (ValueError, RecursionError):
        body, end = None, 0
    if not isinstance(body, dict) or end < len(line):
        return Entry(number, None, fault="the line is not one JSON object: export the file again")
    fault = decoder.fault()
    return Entry(number, body, fault=None if fault and _is_read_alike(body) else fault)


def _is_read_alike(body: dict[str, Any]) -> bool:
    """Whether a key stands twice only in parts of an Observation that nobody reads, such as its category."""
    if body.get("resourceType") != "Observation" or isinstance(body, Doubled):
        return False
    read = ("code", "subject", "meta", "dataAbsentReason", "component", "contained")
    return not any(
        _holds_doubled(part) for name, part in body.items() if name in read or name.startswith(("value", "effective"))
    )


def _holds_doubled(part: Any) -> bool:
    if isinstance(part, list):
        return any(_holds_doubled(one) for one in part)
    return isinstance(part, dict) and (isinstance(part, Doubled) or any(_holds_doubled(one) for one in part.values()))


def refuse_layout(path: Path) -> None:
    """Raises FileRefused where a file that should have one resource a line begins with one laid out over many."""
    if path.suffix.lower() not in {".ndjson", ".jsonl"}:
        return
    with path.open("rb") as file:
        start = file.read(64).removeprefix(codecs.BOM_UTF8).lstrip()
    if re.match(rb"[{[]\s*[\r\n]", start) or start.startswith(b"["):
        raise FileRefused("NDJSON has one resource a line, here they are laid out over many, or a list: export it anew")


def _whole(text: str) -> list[Entry]:
    if not text.strip():
        raise FileRefused("the file is empty: export it again")
    if text.lstrip().startswith("["):
        raise FileRefused("this is a list of resources: put them into a Bundle, or write one a line as .ndjson")
    walker = _Walker(text)
    try:
        top = walker.document()
    except json.JSONDecodeError as error:
        line = text.count("\n", 0, error.pos) + 1
        raise FileRefused(f"the file is not valid JSON ({error.msg}): export it again", line) from error
    except ValueError as error:
        raise FileRefused("the file is not valid JSON: export it again") from error
    if walker.fault:
        raise FileRefused(walker.fault)
    kind = top.get("resourceType")
    if kind is None and {"transactionTime", "output"} <= set(top):
        return [Entry(1, {"resourceType": "list of a bulk export's files"})]
    if not isinstance(kind, str):
        raise FileRefused("this is no FHIR resource: it has no resourceType", column="resourceType", is_known=False)
    if kind == "Bundle":
        if not isinstance(top.get("entry", []), list):
            raise FileRefused("the bundle's entry is not a list: export it again", column="entry")
        return walker.entries
    return [Entry(1, top, fault=walker.inner)]


class _Walker:
    """Walks the members of the outermost object, so that each entry's line is known."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Entry] = []
        self.fault: str | None = None
        self.inner: str | None = None
        self._decoder = Decoder()
        self._line, self._seen = 1, 0

    def document(self) -> dict[str, Any]:
        """The outermost object; the elements of its `entry` list are kept apart as entries."""
        place = self._skip(0)
        if self.text[place : place + 1] != "{":
            raise json.JSONDecodeError("an object is expected", self.text, place)
        top: dict[str, Any] = {}
        place = self._skip(place + 1)
        while self.text[place : place + 1] != "}":
            name, place = self._decoder.value(self.text, place)
            if not isinstance(name, str) or isinstance(name, Number):
                raise json.JSONDecodeError("a name in quotes is expected", self.text, place)
            if name in top:
                self.fault = f'the key "{name}" stands twice in the outermost object: keep one'
            place = self._skip(self._expect(self._skip(place), ":"))
            if name == "entry" and self.text[place : place + 1] == "[":
                top[name], place = [], self._list(place)
            else:
                top[name], place = self._decoder.value(self.text, place)
                self.inner = self._decoder.fault() or self.inner
            place = self._next(place, "}")
        if self._skip(place + 1) != len(self.text):
            raise json.JSONDecodeError("something follows the end of the document", self.text, place + 1)
        return top

    def _list(self, place: int) -> int:
        place = self._skip(place + 1)
        while self.text[place : place + 1] != "]":
            self._line += self.text.count("\n", self._seen, place)
            self._seen = place
            item, place = self._decoder.value(self.text, place)
            self.entries.append(_entry(self._line, item, self._decoder.fault()))
            place = self._next(place, "]")
        return place + 1

    def _next(self, place: int, close: str) -> int:
        place = self._skip(place)
        if self.text[place : place + 1] == close:
            return place
        place = self._skip(self._expect(place, ","))
        if self.text[place : place + 1] == close:
            raise json.JSONDecodeError("a comma too many", self.text, place)
        return place

    def _expect(self, place: int, mark: str) -> int:
        if self.text[place : place + 1] != mark:
            raise json.JSONDecodeError(f"{mark} is expected", self.text, place)
        return place + 1

    def _skip(self, place: int) -> int:
        found = _SPACE.match(self.text, place)
        return found.end() if found else place


def _entry(line: int, item: Any, fault: str | None) -> Entry:
    if not isinstance(item, dict):
        return Entry(line, None, fault="an entry of the bundle is not an object: export it again")
    body, url = item.get("resource"), item.get("fullUrl")
    if body is not None and not isinstance(body, dict):
        return Entry(line, None, fault="the entry's resource is not an object: export it again")
    if body is None and not fault:
        asks = "request" in item or "response" in item
        return Entry(line, None, fault=None if asks else "the entry holds no resource", has_request=asks)
    # what isn't read needn't be kept: claims and the like make up most of a patient's bundle
    kept = body if body is None or body.get("resourceType") in READ else {"resourceType": body.get("resourceType")}
    return Entry(line, kept, url if isinstance(url, str) and not isinstance(url, Number) else None, fault)
