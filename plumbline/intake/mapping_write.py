"""A mapping as YAML, one field a line, with its remarks as comments."""

from __future__ import annotations

import re
from typing import Any

import yaml

from plumbline.intake.mapping import LISTS, ONES, Mapping

_WIDE = 1 << 20
_UNSAFE = re.compile("[^ -~\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")


def write_yaml(mapping: Mapping) -> str:
    """The YAML text; remarks stand above the line that they are about."""
    lines: list[str] = []
    for name, value in write_data(mapping).items():
        lines += _remark(mapping, name, "")
        if name in LISTS or name == "questionnaires":
            lines.append(f"{name}:")
            for number, group in enumerate(value):
                lines += _group(mapping, f"{name}[{number}]", group, "  - ")
        elif name in ONES:
            lines += [f"{name}:", *_group(mapping, name, value, "  ")]
        elif name == "questions":
            lines += ["questions:", *(f"  - {_flow(one)}" for one in value)]
        elif name == "shape":
            lines += ["shape:", *(f"  - {_flow(one)}" for one in value)]
        else:
            lines.append(f"{name}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def write_data(mapping: Mapping) -> dict[str, Any]:
    """A mapping as the plain data of its YAML; what is as usual is left out."""
    reading = {name: value for name, value in vars(mapping.reading).items() if value is not None}
    told: dict[str, Any] = {"name": mapping.name, "version": mapping.version, "reading": reading}
    told |= {"shape": list(mapping.shape), "new_columns": mapping.new_columns, "missing": list(mapping.missing)}
    told["questions"] = list(mapping.questions)
    for rule in mapping.rules:
        group: dict[str, Any] = {}
        for name, cell in rule.cells.items():
            if name.startswith("tags."):
                group.setdefault("tags", {})[name[5:]] = cell.as_data()
            else:
                own = {"patients": "patient_id", "episodes": "episode_id"}.get(rule.kind)
                group["id" if name == own else name] = cell.as_data()
        if rule.kind in LISTS:
            told.setdefault(rule.kind, []).append(group)
        else:
            told[rule.kind[:-1]] = group
    told["questionnaires"] = [form.as_data() for form in mapping.forms]
    usual = {"reading": {}, "shape": [], "new_columns": "refuse", "missing": [], "questions": []}
    usual |= {"questionnaires": []}
    return {name: value for name, value in told.items() if name not in usual or value != usual[name]}


def _group(mapping: Mapping, path: str, group: dict[str, Any], indent: str) -> list[str]:
    lines = [line for line in _remark(mapping, path, indent.replace("-", " ")) if path.endswith("]")]
    lead = indent
    for name, value in group.items():
        blank = " " * len(indent)
        lines += _remark(mapping, f"{path}.{name}", blank) if lead == blank or "-" not in lead else []
        lines.append(f"{lead}{_flow(name)}: {_flow(value)}")
        lead = blank
    return lines


def _remark(mapping: Mapping, path: str, indent: str) -> list[str]:
    told = mapping.remarks.get(path)
    # a remark may quote a header: nothing in it may end the comment
    return [f"{indent}# {_UNSAFE.sub(' ', told)}"] if told else []


class _Text(yaml.SafeDumper):
    """Quotes what other readers of YAML would take for a number, a date or a truth."""


def _flow(value: Any) -> str:
    text = yaml.dump(value, Dumper=_Text, default_flow_style=True, sort_keys=False, allow_unicode=True, width=_WIDE)
    return text.removesuffix("\n").removesuffix("\n...").strip("\n ")
