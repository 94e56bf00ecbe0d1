"""What each column of a table is: proposed, and changed in a table by whoever knows it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from plumbline.intake import moments
from plumbline.intake.mapping import Mapping
from plumbline.intake.roles import UNUSED, Said, labels, taken_for
from plumbline.intake.tables import tables
from plumbline.web.imports import files as imports_files
from plumbline.web.imports import words
from plumbline.web.imports.files import Given, Part

_LOOK = 50
_SHOWN = 3
_MOST = 10


def choose(given: Given, part: Part, number: int, first: Mapping) -> tuple[Said, ...]:
    """The table of columns; gives what somebody has said otherwise than it was proposed in `first`."""
    rows = _rows(given, part, first)
    st.markdown("**What each column is**")
    edited = st.data_editor(
        rows, hide_index=True, width="stretch", num_rows="fixed", height=38 + 35 * min(len(rows), _MOST),
        key=f"import_columns_{number}_{given.digest[:12]}", column_config=_config(),
    )  # fmt: skip
    return tuple(
        Said(new["Column"], new["Is"], (new["When"] or "").strip())
        for new, old in zip(edited, rows, strict=True)
        if new["Is"] and (new["Is"], (new["When"] or "").strip()) != (old["Is"], old["When"])
    )


def _config() -> dict[str, Any]:
    kind = st.column_config
    return {
        "Column": kind.TextColumn(disabled=True),
        "Such as": kind.TextColumn(disabled=True),
        "Is": kind.SelectboxColumn(
            options=list(labels()), format_func=lambda code: labels()[str(code)], required=True, width="medium"
        ),
        "When": kind.TextColumn(
            help=f"Of a score, where the file has no day for it: {moments.HOW}. Or the column with the day."
        ),
        "Why": kind.TextColumn("Proposed, because", disabled=True),
    }


def _rows(given: Given, part: Part, first: Mapping) -> list[dict[str, Any]]:
    """One line for each column; kept, as the file is read for its examples."""
    kept = st.session_state.setdefault("import_columns", {})
    key = (given.digest, part.file, part.sheet)
    if key not in kept:
        examples = _examples(given, part, first)
        taken, whys = taken_for(first), words.whys(first)
        for old in list(kept)[:-7]:
            del kept[old]
        kept[key] = [
            {
                "Column": name,
                "Is": _proposed(taken, name, whys.get(name, "")),
                "When": taken[name].when if name in taken and "ask: when" not in whys.get(name, "") else "",
                "Such as": examples.get(name, ""),
                "Why": whys.get(name, ""),
            }
            for name in part.table.header
        ]
    return kept[key]  # type: ignore[no-any-return]


def _proposed(taken: dict[str, Said], name: str, why: str) -> str | None:
    """What a column is taken for; blank where that must be chosen, as all that would say it is the choice itself."""
    is_open = "ask:" in why and "ask: when" not in why and "on a visual scale" not in why
    role = taken[name].role if name in taken else UNUSED
    return None if is_open and role.startswith(("nrs", "odi")) else role


def _examples(given: Given, part: Part, first: Mapping) -> dict[str, str]:
    """The first different words of each column."""
    with imports_files.folder(given.files) as folder:
        found = tables(folder / part.file, first.reading)
        table = next((one for one in found if one.name == part.table.name), found[0])
        seen: dict[str, dict[str, None]] = {name: {} for name in table.header}
        for place, (_line, cells, fault) in enumerate(table.records()):
            if place == _LOOK:
                break
            for name, cell in zip(table.header, cells, strict=False) if fault is None else ():
                if cell.strip():
                    seen[name][cell.strip()[:30]] = None
    return {name: ", ".join(list(values)[:_SHOWN]) for name, values in seen.items()}
