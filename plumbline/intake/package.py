"""Whether a file is a workbook, and safe to unpack: looked at in the zip's directory, before anything is unpacked."""

from __future__ import annotations

import errno
import re
import zipfile
import zlib
from pathlib import Path

from plumbline.intake.packed import MOST_BYTES
from plumbline.intake.refused import FileRefused

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_WORKBOOKS = {".xlsx", ".xlsm", ".xltx", ".xltm"}
_OTHERS = {".xls": "an old Excel workbook", ".xlsb": "a binary Excel workbook", ".ods": "an OpenDocument spreadsheet"}
_SAVE = "open it in a spreadsheet and save it as .xlsx, or the sheet as CSV"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, OverflowError)
_MOST_PARTS = 10_000
_MOST_TIMES, _RATIO_FROM = 150, 20 << 20
_MOST_HELD = 128 << 20  # a part that is held in memory whole: texts, styles
_BLOCK = 1 << 20
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)")
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)")


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook that can be read. Raises FileRefused: another kind, or a false name."""
    with path.open("rb") as file:
        head = file.read(8)
    suffix = path.suffix.lower()
    if head.startswith(_OLE):
        if suffix in _WORKBOOKS:
            raise FileRefused(
                "the workbook is protected by a password, or an old one under a new name: save it as .xlsx without one",
                is_known=False,
            )
        raise FileRefused(f"this is no text file: it is an old Excel workbook: {_SAVE}", is_known=False)
    if head.startswith(_ZIP):
        return _is_workbook(path, suffix)
    if suffix in _WORKBOOKS | set(_OTHERS):
        reason = f"the file is named {suffix} and isn't a workbook: if it is text, name it .csv; else {_SAVE}"
        raise FileRefused(reason, is_known=False)
    return False


def _is_workbook(path: Path, suffix: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            _check(archive, path.stat().st_size)
            if "xl/workbook.bin" in names or suffix == ".xlsb":
                raise FileRefused(f"this is a binary Excel workbook (.xlsb): {_SAVE}", is_known=False)
            if "content.xml" in names or suffix == ".ods":
                raise FileRefused(f"this is an OpenDocument spreadsheet (.ods): {_SAVE}", is_known=False)
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise FileRefused("this is no text file: it is a zip archive: unpack it", is_known=False)
            if suffix not in _WORKBOOKS:
                reason = f"this is no text file: it is an Excel workbook named {suffix or 'without an ending'}: "
                raise FileRefused(f"{reason}name it .xlsx", is_known=False)
            _check_xml(archive)
    except (*_BROKEN, NotImplementedError, RuntimeError, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:  # it can't be read, which isn't damage
            raise
        raise FileRefused(f"the workbook is damaged or protected: {_SAVE}", is_known=False) from error
    return True


def _check(archive: zipfile.ZipFile, size: int) -> None:
    """Raises FileRefused where a zip unpacks to far more than a table could."""
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    largest = max((part.file_size for part in parts), default=0)
    bomb = any(part.file_size > max(_RATIO_FROM, _MOST_TIMES * part.compress_size) for part in parts)
    if len(parts) > _MOST_PARTS or total > MOST_BYTES or packed > size or bomb:
        raise FileRefused(
            f"the file unpacks to {max(total, largest) >> 20} MiB from {size >> 10} KiB, which no table does, so it "
            "wasn't unpacked: export the data anew, in parts if it is large"
        )
    for part in parts:
        if part.file_size > _MOST_HELD and not part.filename.startswith("xl/worksheets/"):
            raise FileRefused("the workbook holds more than 128 MiB of texts: save the sheet as CSV")
        if part.flag_bits & 1:
            raise FileRefused("the workbook is protected by a password: save it without one")


def _check_xml(archive: zipfile.ZipFile) -> None:
    """Raises FileRefused where a part defines words of its own, as no workbook does, or is of the strict kind.

    Every byte is looked at, so that the quick parser of the rows, which would follow such words, never meets one.
    """
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        with archive.open(part) as file:
            last, begins = b"", True
            while block := file.read(_BLOCK):
                plain = last + block.replace(b"\0", b"")
                if _ENTITY.search(plain) or (begins and _odd_encoding(plain)):
                    raise FileRefused(
                        "the workbook defines XML entities, as attacks do and workbooks don't: it wasn't read"
                    )
                if begins and part.filename == "xl/workbook.xml" and b"purl.oclc.org/ooxml" in plain:
                    raise FileRefused("the workbook is saved as Strict Open XML: save it as an Excel workbook (.xlsx)")
                last, begins = plain[-16:], False


def _odd_encoding(head: bytes) -> bool:
    """Whether an XML part says that it is in an encoding in which its signs could look otherwise."""
    told = _DECLARED.search(head[:200])
    return told is not None and told[1].lower() not in (b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1")
