"""Read a mapping's YAML strictly: what isn't known is refused with its place and with what is allowed there."""

from __future__ import annotations

import re
from typing import Any, NoReturn

import yaml

from plumbline.intake import moments
from plumbline.intake.mapping import (
    IDS,
    LISTS,
    MOMENTS,
    NEEDED,
    NUMBERS,
    ONES,
    SOURCES,
    Cell,
    Mapping,
    MappingRefused,
    Rule,
)  # fmt: skip
from plumbline.intake.mapping_forms import read_forms
from plumbline.intake.mapping_words import Words
from plumbline.intake.reading import Reading

_MOST = 1 << 20
_TOP = ("name", "version", "reading", "shape", "new_columns", "missing", "questions", "questionnaires", *ONES, *LISTS)
_READING = ("encoding", "delimiter", "sheet", "header_line", "date_order", "decimal")
_PARTS = ("year", "month", "day")
_TRUTHS = {"true": True, "false": False}


class _Loader(yaml.BaseLoader):
    """Every word as text: `no` is a word and 1.0 what the file says. A key that stands twice is refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        found = [str(key.value) for key, _ in node.value]
        for name in found:
            if found.count(name) > 1:
                self._refuse(f"line {node.start_mark.line + 1}: {name} stands twice")
        return super().construct_mapping(node, deep)

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            self._refuse("an alias (*) is not read here: write it out")
        return super().compose_node(parent, index)

    def _refuse(self, what: str) -> NoReturn:
        raise MappingRefused([what])


def read_yaml(text: str) -> Mapping:
    """Read a mapping; raises MappingRefused with every fault."""
    if len(text) > _MOST:
        raise MappingRefused(["the file is larger than 1 MiB: this is no mapping"])
    try:
        data = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark else ""
        raise MappingRefused(
            [f"{line}this is no YAML: {getattr(error, 'problem', None) or 'check the file'}"]
        ) from error
    except RecursionError as error:
        raise MappingRefused(["the lists lie too deep in each other: this is no mapping"]) from error
    reader = _Reader()
    mapping = reader.mapping(data)
    if reader.faults or mapping is None:
        raise MappingRefused(reader.faults)
    return mapping


class _Reader(Words):
    def mapping(self, data: Any) -> Mapping | None:
        """The whole; None, or any, where there are faults."""
        top = self.group(data, "", _TOP)
        name = self.text(top.get("name"), "name")
        if not re.fullmatch(r"[\w-]{1,80}", name):
            self.faults.append("name: give one, of letters, digits, - and _")
        version = self.text(top.get("version", "1"), "version")
        if not re.fullmatch(r"[1-9][0-9]{0,8}", version):
            self.faults.append("version: give a whole number from 1 on")
        is_of_tables = "questionnaires" not in top or any(one in top for one in (*ONES, *LISTS, "shape"))
        if is_of_tables and "patient" not in top:
            self.faults.append("patient: is not there: say which column gives the id, and the clinic")
        rules = [self.rule(top[one], one, f"{one}s") for one in ONES if one in top]
        for kind in LISTS:
            rules += [self.rule(each, f"{kind}[{at}]", kind) for at, each in enumerate(self.many(top.get(kind), kind))]
        shape = tuple(self.texts(top.get("shape"), "shape"))
        forms = read_forms(self, top.get("questionnaires"))
        if self.faults:
            return None
        mapping = Mapping(
            name=name, version=int(version), rules=tuple(rules), shape=shape,
            reading=self.reading(top.get("reading")),
            new_columns=self.choice(top.get("new_columns", "refuse"), "new_columns", "new_columns"),
            missing=tuple(self.texts(top.get("missing"), "missing")),
            questions=tuple(self.texts(top.get("questions"), "questions")), forms=forms,
        )  # fmt: skip
        if mapping.rules:
            self.whole(mapping)
        return mapping

    def whole(self, mapping: Mapping) -> None:
        """What can only be seen of all rules together."""
        episode = mapping.rule("episodes")
        self.closed_sets(mapping)
        if "clinic" not in mapping.patient.cells:
            if not mapping.knows_patients:
                self.faults.append("patient.clinic: is not there: it is needed, unless all but the id is left out")
            elif mapping.patient.cells["patient_id"].row_number:
                self.faults.append("patient.id: patients who are known already can't be numbered by their place")
        for rule in mapping.rules:
            unknown = [name for name in rule.columns if mapping.shape and name not in mapping.shape]
            self.faults += [f"{rule.kind}: {name} is not in shape, the header of the file" for name in unknown]
            relative = [name for name, cell in rule.cells.items() if cell.is_relative]
            if relative and episode is None and not mapping.knows_patients:
                self.faults.append(
                    f"{rule.kind}.{relative[0]}: counts from the procedure: add `episode: performed_at:`"
                )
            if episode is None and rule.kind not in {"patients", "scores"}:
                self.faults.append(f"{rule.kind}: belongs to a procedure: add `episode: performed_at:`")
        start = episode.cells.get("performed_at") if episode else None
        if start and start.is_relative:
            self.faults.append("episode.performed_at: can't count from itself: give a column, or a fixed day")
        if start and start.fixed and "T" not in start.fixed and any(map(_needs_hour, mapping.rules)):
            self.faults.append(
                "episode.performed_at: minutes and hours are counted from it, so it needs a time of day, as in "
                f"{start.fixed}T12:00"
            )

    def reading(self, data: Any) -> Reading:
        """How the file is read."""
        given = {
            name: self.text(value, f"reading.{name}") for name, value in self.group(data, "reading", _READING).items()
        }
        for name in ("date_order", "decimal"):
            if name in given:
                self.choice(given[name], f"reading.{name}", name)
        line = given.pop("header_line", None)
        if line is not None and not re.fullmatch(r"[1-9][0-9]{0,6}", line):
            self.faults.append("reading.header_line: give the number of the line that names the columns")
            line = None
        return Reading(**given, header_line=int(line) if line else None)

    def rule(self, data: Any, path: str, kind: str) -> Rule:
        """One rule with its cells; an id is called id in patient and episode."""
        native = {**LISTS, **{f"{one}s": known for one, known in ONES.items()}}[kind]
        own = {"patients": "patient_id", "episodes": "episode_id"}.get(kind)
        names = [name for name in native.columns if name not in {"patient_id", "episode_id", "items"}]
        group = self.group(data, path, ("id", *names) if own else tuple(names))
        cells: dict[str, Cell] = {}
        for name, value in group.items():
            if name == "tags":
                for tag, inner in self.group(value, f"{path}.tags", None).items():
                    cells[f"tags.{tag}"] = self.cell(inner, f"{path}.tags.{tag}", "tags")
                    if re.search(r"[;=]", str(tag)):
                        self.faults.append(f"{path}.tags.{tag}: a tag's name holds neither ; nor =")
            else:
                field = own if own and name == "id" else name
                cells[field] = self.cell(value, f"{path}.{name}", field)
        lacking = [name for name in NEEDED[kind] if name not in cells]
        self.faults += [f"{path}.{'id' if name == own else name}: is not there: it is needed" for name in lacking]
        instrument = cells.get("instrument", Cell()).fixed or ""
        if instrument.startswith("nrs") and cells.get("value", Cell()).scale != 1:
            self.faults.append(f"{path}.value.scale: a scale of other length is no NRS: give the instrument vas_back")
        self.questionnaire(cells, path)
        return Rule(kind, cells)

    def cell(self, data: Any, path: str, field: str) -> Cell:
        """Where one field comes from: a bare word is a column."""
        if isinstance(data, str):
            if not data:
                self.faults.append(f"{path}: names no column")
            return Cell(column=data)
        group = self.group(data, path, _allowed(field))
        given: dict[str, Any] = {}
        for name, value in group.items():
            given[name] = self.option(name, value, f"{path}.{name}")
        if sum(name in given for name in SOURCES) != 1:
            told = [name for name in SOURCES if name in _allowed(field)]
            self.faults.append(f"{path}: give exactly one of {', '.join(told)}")
        if (
            bool(given.get("offset_column")) != ("unit" in given or bool(given.get("values")))
            and "offset_column" in given
        ):
            self.faults.append(f"{path}: offset_column needs a unit ({', '.join(moments.UNITS)}), or values")
        return Cell(**given)

    def option(self, name: str, value: Any, path: str) -> Any:
        """One option of a cell, in its own type."""
        if name == "values":
            return self.words(value, path)
        if name == "checked":
            return {key: self.text(each, f"{path}.{key}") for key, each in self.group(value, path, None).items()}
        if name == "parts":
            parts = {key: self.text(each, f"{path}.{key}") for key, each in self.group(value, path, _PARTS).items()}
            self.faults += [f"{path}.{one}: is not there: name its column" for one in _PARTS if one not in parts]
            return parts
        if name in {"missing", "items"}:
            return tuple(self.texts(value, path))
        text = self.text(value, path)
        if name in {"whole", "row_number"}:
            if text not in _TRUTHS:
                self.faults.append(f"{path}: write true or false")
            return _TRUTHS.get(text, False)
        if name == "scale":
            if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) or not float(text):
                self.faults.append(f"{path}: give a number above 0")
                return 1.0
            return float(text)
        if name in {"others", "unit"}:
            return self.choice(text, path, name)
        if (name == "offset" and moments.offset(text) is None) or (name == "visit" and text not in moments.visits()):
            self.faults.append(
                f"{path}: {moments.HOW if name == 'offset' else 'one of ' + ', '.join(moments.visits())}"
            )
        return text


def _needs_hour(rule: Rule) -> bool:
    offsets = [moments.offset(cell.offset) for cell in rule.cells.values() if cell.offset]
    return any(one is not None and one.minutes is not None for one in offsets)


def _allowed(field: str) -> tuple[str, ...]:
    allowed = ["column", "fixed", "values", "others", "missing"]
    if field in MOMENTS:
        allowed += ["offset", "visit", "offset_column", "unit", "time_column", "parts"]
    if field == "birth_date":
        allowed.append("age")
    if field in IDS:
        allowed += ["strip_prefix", "strip_suffix", "prefix", "prefix_column", "separator", "whole"]
    if field == "tags":
        allowed.append("whole")
    if field in {"patient_id", "episode_id"}:
        allowed.append("row_number")
    if field == "levels":
        allowed.append("checked")
    if field in NUMBERS:
        allowed.append("scale")
    if field == "value":
        allowed += ["items", "coding", "form"]
    return tuple(allowed)
