"""What a file packed with gzip holds, never more of it than a table could be."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

from plumbline.intake.refused import FileRefused

MOST_BYTES = 1 << 30
PACKED = b"\x1f\x8b"
_MOST_TIMES = 200  # real tables pack 5 to 50 times; what unpacks to far more is made to fill a disk
_RATIO_FROM = 50 << 20


class Unpacked(io.RawIOBase):
    """What a gzip file holds, never more than MOST_BYTES of it."""

    def __init__(self, path: Path) -> None:
        self.packed = path.open("rb")
        self._file = gzip.GzipFile(fileobj=self.packed)
        self._size = max(path.stat().st_size, 1)
        self._read = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read on; raises FileRefused where the file unpacks to too much, or is broken."""
        try:
            data = self._file.read(len(buffer))
        except EOFError as error:
            raise FileRefused("the file packed with gzip is cut off: fetch or export it again") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise FileRefused("the file packed with gzip is damaged: fetch or export it again") from error
        self._read += len(data)
        if self._read > MOST_BYTES:
            raise FileRefused("the file unpacks to more than 1 GiB: split it, and import the parts together")
        if self._read > max(_RATIO_FROM, _MOST_TIMES * self._size):
            raise FileRefused("the file unpacks to more than 200 times its size, so it wasn't read: unpack it first")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the packed file too."""
        self.packed.close()
        super().close()
