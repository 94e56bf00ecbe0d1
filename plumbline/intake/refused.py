"""A file that can't be read at all."""

from __future__ import annotations


class FileRefused(Exception):
    """A file that can't be read at all; `line` is where that shows, `is_known` whether its kind could be told."""

    def __init__(self, reason: str, line: int = 1, column: str | None = None, *, is_known: bool = True) -> None:
        super().__init__(reason)
        self.is_known = is_known
        self.reason = reason
        self.line = line
        self.column = column
