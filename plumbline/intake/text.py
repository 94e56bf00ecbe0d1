"""A file's bytes as text: its encoding, packed with gzip or not, and what would make its lines unsafe to read on."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from plumbline.intake.packed import MOST_BYTES, PACKED, Unpacked
from plumbline.intake.refused import FileRefused

_MOST_LINE = 16 << 20
_BLOCK = 1 << 20
_BEFORE = ("\\", " ", "\t")
_ODD = tuple(f'{sign}"' for sign in _BEFORE)
UNSAFE = re.compile("[\0\ud800-\udfff]")
_MAGIC = {
    b"PK\x03\x04": "it is an Excel workbook or a zip archive: save the sheet as CSV, or unpack the archive",
    b"PK\x05\x06": "it is an empty zip archive",
    b"%PDF": "it is a PDF: export the data as CSV",
    b"\xd0\xcf\x11\xe0": "it is an old Excel workbook: save the sheet as CSV",
    b"\x28\xb5\x2f\xfd": "it is packed with zstd: unpack it, or pack it with gzip",
    b"BZh": "it is packed with bzip2: unpack it, or pack it with gzip",
    b"\xfd7zXZ": "it is packed with xz: unpack it, or pack it with gzip",
    b"7z\xbc\xaf": "it is a 7-Zip archive: unpack it",
    b"Rar!": "it is a RAR archive: unpack it",
    b"PAR1": "it is a Parquet file: export the data as CSV",
    b"SQLite format 3": "it is a database file: export its table as CSV",
    b"\x89PNG": "it is a picture: export the data as CSV",
    b"{\\rtf": "it is a Word processor's file: export the data as CSV",
}
_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|table|head|body|\w+ xmlns)\b", re.IGNORECASE)
_NAMED = {
    **dict.fromkeys(("utf-8", "utf8", "utf-8-sig"), "utf-8-sig"),
    **dict.fromkeys(("utf-16", "utf16"), "utf-16"),
    **dict.fromkeys(("utf-16-le", "utf-16le"), "utf-16-le"),
    **dict.fromkeys(("utf-16-be", "utf-16be"), "utf-16-be"),
    **dict.fromkeys(("latin-1", "latin1", "iso-8859-1", "iso8859-1"), "latin-1"),
    **dict.fromkeys(("windows-1252", "windows1252", "cp1252", "cp-1252"), "cp1252"),
}
_SHOWN = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}


@dataclass(frozen=True)
class Text:
    """How a file's bytes are read: its encoding, and whether every byte of it can be.

    `bad_line`: the first line that isn't UTF-8; 0: none. `ends`: its line ends ('LF', 'CRLF', 'CR', 'mixed', 'none').
    `lines`: how many lines there are, also without an end to the last.
    `is_odd`: a quote follows a backslash or a blank somewhere, so each row is looked at more closely.
    """

    encoding: str
    is_clean: bool
    bad_line: int = 0
    ends: str = "LF"
    is_odd: bool = False
    has_mark: bool = False
    has_wide: bool = False
    has_quotes: bool = False
    is_packed: bool = False
    lines: int = 0

    @property
    def shown(self) -> str:
        """The encoding by the name that people know."""
        return _SHOWN.get(self.encoding, self.encoding)


def probe(path: Path, named: str | None = None, *, packed: bool = False) -> Text:
    """Find a file's encoding: the one that was named, UTF-8, or UTF-16 with its mark. Raises FileRefused.

    `packed`: a file packed with gzip is read as what it holds; else it is refused.
    """
    if path.stat().st_size > MOST_BYTES:
        raise FileRefused("the file is larger than 1 GiB: split it, and import the parts together")
    with path.open("rb") as raw:
        is_packed = raw.read(2) == PACKED
    if is_packed and not packed:
        raise FileRefused("this is no text file: it is packed with gzip: unpack it first", is_known=False)
    with _binary(path, is_packed) as file:
        head = file.read(512)
    for magic, reason in _MAGIC.items():
        if head.startswith(magic):
            raise FileRefused(f"this is no text file: {reason}", is_known=False)
    if head.startswith(PACKED):
        raise FileRefused("this is no text file: it is packed twice: unpack it first", is_known=False)
    encoding = _encoding(head, named)
    if _MARKUP.match(head) and path.suffix.lower() not in (".json", ".ndjson"):
        raise FileRefused(
            "this is no table: it is a web page or XML. Save it as CSV from a spreadsheet; export FHIR as JSON"
        )
    with _binary(path, is_packed) as file:
        return _scanned(file, encoding, head, is_packed)


def _encoding(head: bytes, named: str | None) -> str:
    """The codec of a file that begins so. Raises FileRefused where it has none of ours, or not the one named."""
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    marked = "utf-16" if wide else "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else None
    if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise FileRefused("the file is UTF-32: save it as UTF-8")
    if named is not None:
        encoding = _NAMED.get(named.strip().lower().replace("_", "-"))
        if encoding is None:
            raise FileRefused(f"{named} is no encoding that is read: name utf-8, utf-16, latin-1 or windows-1252")
        if marked and encoding[:6] != marked[:6]:
            mark = "UTF-16" if wide else "UTF-8"
            raise FileRefused(f"the file begins with the mark of {mark}: name that encoding, or none")
        if encoding == "utf-16" and not wide:
            raise FileRefused("the file has no byte order mark: name utf-16-le (Windows) or utf-16-be")
        return marked or encoding
    if not wide and len(head) > 1 and 0 in head[:2]:
        raise FileRefused(
            "the file looks like UTF-16 without a byte order mark: save it as UTF-8, or add --encoding utf-16-le"
        )
    return marked or "utf-8-sig"


def _scanned(file: BinaryIO, encoding: str, head: bytes, is_packed: bool) -> Text:
    """Read every byte once. Bytes that aren't of the encoding refuse the file; of UTF-8 the line is noted."""
    unicode = encoding == "utf-8-sig"
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape" if unicode else "strict")
    ends, run, bad_line = _Ends(), 0, 0
    clean, odd, wide, quotes = True, False, False, False
    more = True
    while more:
        block = file.read(_BLOCK)
        more = bool(block)
        try:
            text = decoder.decode(block, final=not more)
        except UnicodeDecodeError as error:
            raise FileRefused(_undecodable(encoding), 1 + ends.lines) from error
        if not text.isascii():
            wide = True
            found = UNSAFE.search(text)
            if found and not bad_line and (found := re.search("[\ud800-\udfff]", text)):
                bad_line = 1 + ends.lines + _Ends().add(text[: found.start()]).lines
            clean = clean and not found
        clean = clean and "\0" not in text
        if '"' in text:
            quotes = True
            odd = odd or any(sign in text for sign in _ODD) or (ends.last in _BEFORE and text[0] == '"')
        end = max(text.rfind("\n"), text.rfind("\r"))
        run = len(text) - end if end >= 0 else run + len(text)
        ends.add(text)
        if run > _MOST_LINE:
            raise FileRefused("a line has more than 16 million characters: this is no table", 1 + ends.lines)
    marked = head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    lines = ends.lines + (ends.last not in ("", "\n", "\r"))
    return Text(encoding, clean, bad_line, ends.shown, odd, marked, wide, quotes, is_packed, lines)


class _Ends:
    """Counts line ends, block by block."""

    def __init__(self) -> None:
        self.feeds, self.returns, self.pairs, self.last = 0, 0, 0, ""

    def add(self, text: str) -> _Ends:
        """Count those of a block."""
        if text:
            self.feeds += text.count("\n")
            if "\r" in text or self.last == "\r":
                self.returns += text.count("\r")
                self.pairs += text.count("\r\n") + (self.last == "\r" and text[0] == "\n")
            self.last = text[-1]
        return self

    @property
    def lines(self) -> int:
        """How many lines ended."""
        return self.feeds + self.returns - self.pairs

    @property
    def shown(self) -> str:
        """The one kind of line end, or that there are several."""
        counts = {"CRLF": self.pairs, "LF": self.feeds - self.pairs, "CR": self.returns - self.pairs}
        kinds = [name for name, count in counts.items() if count]
        return "none" if not kinds else kinds[0] if len(kinds) == 1 else "mixed"


def _undecodable(encoding: str) -> str:
    shown = _SHOWN.get(encoding, encoding)
    if encoding.startswith("utf-16"):
        return "the file is not valid UTF-16 from here on: save it as UTF-8"
    return f"the file holds bytes that {shown} has no letter for: name another encoding, or save it as UTF-8"


def _binary(path: Path, is_packed: bool) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(Unpacked(path), _BLOCK)) if is_packed else path.open("rb")


def opened(path: Path, text: Text) -> TextIO:
    """The file as text, line ends as they are; bytes that are not UTF-8 as lone surrogates."""
    errors = "surrogateescape" if text.encoding == "utf-8-sig" else "strict"
    return io.TextIOWrapper(_binary(path, text.is_packed), encoding=text.encoding, errors=errors, newline="")


def position(file: TextIO) -> int:
    """How many bytes of the file on disk were read."""
    raw = getattr(file.buffer, "raw", None)
    return raw.packed.tell() if isinstance(raw, Unpacked) else file.buffer.tell()


def names_one(path: Path) -> bool:
    """Whether DuckDB can be told a file's path: it is UTF-8, and holds no sign that means many files."""
    return not re.search("[*?[\ud800-\udfff]", str(path))


def stem(path: Path) -> str:
    """A file's name without its ending, `.gz` too."""
    return Path(path.stem).stem if path.suffix.lower() == ".gz" else path.stem
