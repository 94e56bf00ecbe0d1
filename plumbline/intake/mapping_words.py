"""The plain data of a mapping's YAML: groups, lists, words and closed sets; what is none of these is a fault."""

from __future__ import annotations

from typing import Any

from plumbline.intake import moments

_CHOICES = {
    "date_order": ("day-first", "month-first"),
    "decimal": ("comma", "dot"),
    "new_columns": ("refuse", "ignore"),
    "others": ("refuse", "keep", "ignore"),
    "unit": tuple(moments.UNITS),
}


class Words:
    """Reads plain data, and gathers every fault with its place."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def group(self, data: Any, path: str, allowed: tuple[str, ...] | None) -> dict[str, Any]:
        """A group of named things, of which only those allowed."""
        if data in (None, ""):
            return {}
        if not isinstance(data, dict) or not all(isinstance(name, str) for name in data):
            self.faults.append(f"{path or 'the file'}: is no group of `name: value`")
            return {}
        for name in data:
            if allowed is not None and name not in allowed:
                self.faults.append(
                    f"{path + '.' if path else ''}{name}: is not known here; allowed: {', '.join(allowed)}"
                )
        return {name: value for name, value in data.items() if allowed is None or name in allowed}

    def many(self, data: Any, path: str) -> list[Any]:
        """A list; nothing is an empty one."""
        if data in (None, ""):
            return []
        if not isinstance(data, list):
            self.faults.append(f"{path}: is no list: begin each entry with -")
            return []
        return data

    def texts(self, data: Any, path: str) -> list[str]:
        """A list of words."""
        return [self.text(one, f"{path}[{at}]") for at, one in enumerate(self.many(data, path))]

    def text(self, data: Any, path: str) -> str:
        """One word."""
        if not isinstance(data, str):
            self.faults.append(f"{path}: is not there or no plain word")
            return ""
        return data

    def choice(self, data: Any, path: str, of: str) -> str:
        """One of a closed set."""
        if data not in _CHOICES[of]:
            self.faults.append(f"{path}: write {' or '.join(_CHOICES[of])}")
        return str(data)
