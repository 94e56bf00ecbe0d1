"""The plain data of a mapping's YAML: groups, lists, words and closed sets; what is none of these is a fault."""

from __future__ import annotations

from typing import Any

from plumbline.errors import PlumblineError
from plumbline.intake import moments
from plumbline.intake.kinds import CLOSED
from plumbline.intake.mapping import Cell, Mapping
from plumbline.scoring.rules import offset_of, rule_of
from plumbline.store import reference_frame

_BLANK = {"", "~", "null"}
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

    def words(self, data: Any, path: str) -> dict[str, str | None]:
        """What words become, by those words; ~ is nothing."""
        return {
            key: None if isinstance(each, str) and each in _BLANK else self.text(each, f"{path}.{key}")
            for key, each in self.group(data, path, None).items()
        }

    def choice(self, data: Any, path: str, of: str) -> str:
        """One of a closed set."""
        if data not in _CHOICES[of]:
            self.faults.append(f"{path}: write {' or '.join(_CHOICES[of])}")
        return str(data)

    def questionnaire(self, cells: dict[str, Cell], path: str) -> None:
        """A value that is worked out from items: of one instrument, all of them, and told how they are coded."""
        cell = cells.get("value", Cell())
        given = cell.items
        if not given:
            if cell.coding or cell.form:
                self.faults.append(f"{path}.value: coding and form tell of items, and no items are named")
            return
        if twice := sorted({name for name in given if given.count(name) > 1}):
            self.faults.append(f"{path}.value.items: {', '.join(twice)} stands twice")
        if cell.scale != 1:
            self.faults.append(f"{path}.value.scale: a score that is worked out from items has its scale already")
        try:
            rule = rule_of(cells.get("instrument", Cell()).fixed or "", cell.form)
            offset_of(rule, cell.coding)
        except PlumblineError as refused:
            self.faults.append(f"{path}.value: {refused}")
            return
        if len(given) != rule.items:
            told = f"names {len(given)} columns, the {rule.instrument} has {rule.items} items"
            self.faults.append(f"{path}.value.items: {told}")

    def closed_sets(self, mapping: Mapping) -> None:
        """Every word that the mapping itself puts into a closed set must be one of it."""
        for rule in mapping.rules:
            for name, cell in rule.cells.items():
                table = CLOSED.get((rule.kind, name))
                given = [cell.fixed, *cell.values.values()] if table else []
                known = set(reference_frame(table)[name]) if table else set()
                for word in dict.fromkeys(one for one in given if one is not None and one.lower() not in known):
                    self.faults.append(
                        f"{rule.kind}.{name}: {word} is not known; it is one of {', '.join(sorted(map(str, known)))}"
                    )
