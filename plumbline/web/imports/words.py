"""A mapping in words: one line for each thing that a file's lines become, with where it comes from and why."""

from __future__ import annotations

from typing import Any

from plumbline.intake.mapping import KEYS, Cell, Mapping, Rule

_KINDS = {"patients": "Patient", "episodes": "Procedure"}
_FIELDS = {
    "patient_id": "id", "performed_at": "day", "birth_date": "birth", "pathway": "kind", "given_name": "given name",
    "family_name": "family name", "died_on": "death",
}  # fmt: skip


def lines(mapping: Mapping, remarks: dict[str, str]) -> list[dict[str, str]]:
    """What each field of a patient and a procedure, and each score or other fact, is read from.

    `remarks`: why each was proposed, by its place in the YAML.
    """
    found: list[dict[str, str]] = []
    counts: dict[str, int] = {}
    for rule in mapping.rules:
        if rule.kind in _KINDS:
            found += _fields(rule, remarks)
        else:
            place = f"{rule.kind}[{counts.setdefault(rule.kind, 0)}]"
            counts[rule.kind] += 1
            found.append(_fact(rule, remarks.get(place, "")))
    return found


def whys(mapping: Mapping) -> dict[str, str]:
    """Why each column was proposed, by its name."""
    found: dict[str, str] = {}
    counts: dict[str, int] = {}
    for rule in mapping.rules:
        place = f"{rule.kind}[{counts.setdefault(rule.kind, 0)}]"
        counts[rule.kind] += 1
        for name, cell in rule.cells.items():
            is_one = rule.kind in _KINDS
            why = _why(rule, name, mapping.remarks) if is_one else mapping.remarks.get(place, "")
            found |= {column: why for column in cell.columns if column not in found}
    return found


def _fields(rule: Rule, remarks: dict[str, str]) -> list[dict[str, str]]:
    return [
        {
            "Becomes": f"{_KINDS[rule.kind]}: {_FIELDS.get(name, name.replace('tags.', 'tag '))}",
            "From": _source(cell),
            "Read as": "○ please say" if _why(rule, name, remarks).startswith("ask") else _read_as(cell),
            "Why": _why(rule, name, remarks),
        }
        for name, cell in rule.cells.items()
    ]


def _why(rule: Rule, name: str, remarks: dict[str, str]) -> str:
    """Why a field was proposed so; it begins with `ask` where it was not."""
    one = rule.kind.removesuffix("s")
    places = (f"{one}.{name.removeprefix(f'{one}_')}", f"{one}.{name.partition('.')[0]}")
    return next(filter(None, (remarks.get(place) for place in places)), "")


def _fact(rule: Rule, why: str) -> dict[str, str]:
    """One line for a score, milestone or the like: its key field's column, the rest in words."""
    key = KEYS[rule.kind]
    rest = [f"{name.replace('_', ' ')}: {_short(cell)}" for name, cell in rule.cells.items() if name != key]
    told = _read_as(rule.cells[key])
    return {
        "Becomes": rule.kind.removesuffix("s").capitalize(),
        "From": _source(rule.cells[key]),
        "Read as": "; ".join([*rest, *([told] if told != "as it stands" else [])]),
        "Why": why,
    }


def _source(cell: Cell) -> str:
    if cell.items:
        return f"{cell.items[0]} to {cell.items[-1]}: {len(cell.items)} items"
    if cell.columns:
        return ", ".join(cell.columns)
    return "its place in the file" if cell.row_number else "not in the file"


def _short(cell: Cell) -> str:
    """A field in a few words: a fixed word, a time after the procedure, or its column."""
    if cell.fixed or cell.visit:
        return str(cell.fixed or f"visit {cell.visit}")
    if cell.offset:
        return f"{cell.offset} after the procedure"
    if cell.offset_column:
        return f"{cell.unit or 'days'} after the procedure in {cell.offset_column}"
    return ", ".join(cell.columns)


def _read_as(cell: Cell) -> str:
    """How the text of a field is made, in words."""
    data: Any = cell.as_data()
    if isinstance(data, str):
        return "as it stands"
    said = [f"always {cell.fixed}"] if cell.fixed else []
    said += [f"the year of the procedure less {cell.age}"] if cell.age else []
    said += [f"{cell.prefix} in front"] if cell.prefix else []
    said += [f"{cell.prefix_column} in front"] if cell.prefix_column else []
    said += [f"{key} means {word or 'nothing'}" for key, word in cell.values.items()]
    said += [f"{word} where {key} is ticked" for key, word in cell.checked.items()]
    said += ["worked out from the items"] if cell.items else []
    said += [f"coded {cell.coding}"] if cell.coding else []
    said += [f"filled in on {cell.form}"] if cell.form else []
    said += [f"times {cell.scale:g}"] if cell.scale != 1 else []
    said += [f"{', '.join(cell.missing)} say nothing"] if cell.missing else []
    said += [f"without {cut}" for cut in (cell.strip_prefix, cell.strip_suffix) if cut]
    return ", ".join(said) or "as it stands"
