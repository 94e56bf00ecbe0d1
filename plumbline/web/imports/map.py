"""Second step of an import: which column means what. A mapping is proposed, or a saved one taken."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import streamlit as st

from plumbline import intake
from plumbline.errors import PlumblineError
from plumbline.intake import mappings
from plumbline.intake.mapping import Mapping
from plumbline.intake.reading import Reading
from plumbline.intake.refused import FileRefused
from plumbline.intake.settled import LENGTHS, Settled
from plumbline.store import reference_frame
from plumbline.web import downloads, ui
from plumbline.web.imports import columns, words
from plumbline.web.imports import files as imports_files
from plumbline.web.imports import found as imports_found
from plumbline.web.imports.files import Given, Part
from plumbline.web.imports.found import READING
from plumbline.web.ui import Context, plain

_OPTION = re.compile(r"\(--([a-z-]+)")
_PLACE = re.compile(r"^[a-z_]+(\[[0-9]+\])?\.[a-z_.]+: ")
_OPTION_TOLD = re.compile(r" \(--[a-z-]+.*\)$")  # on the page the column's own line settles it
_ASKED = {
    "clinic": ("clinic", "Clinic of all these patients", "Choose one, or type a new id"),
    "pathway": ("pathway", "Procedure", "Choose one"),
    "index-date": ("index_date", "One day for every procedure", "Only where the file has no dates: 2020-01-01T12:00"),
    "date": ("date", "Column with the day of the scores", "Choose one"),
    "vas": ("vas", "What visual scales up to 10 are", "Choose one"),
    "sex": ("sex", "What the codes for sex mean", "Such as 0=female,1=male"),
    "coding": ("coding", "How the ODI's answers are coded", "Choose one"),
    "form": ("form", "How the RMDQ was filled in", "Choose one"),
}
PROPOSED = "Propose one"


def choose(ctx: Context, given: Given) -> list[Mapping]:
    """The mapping of each table that needs one; none before all of them are ready."""
    ui.require(ctx, "import_data")
    parts = imports_found.parts(given)
    places = st.tabs([part.title for part in parts]) if len(parts) > 1 else [st.container()]
    found: list[Mapping | None] = []
    for number, (part, place) in enumerate(zip(parts, places, strict=True)):
        with place:
            found.append(_one(ctx, given, part, number))
    ready = [one for one in found if one is not None]
    return ready if len(ready) == len(parts) else []


def _one(ctx: Context, given: Given, part: Part, number: int) -> Mapping | None:
    """The mapping of one table; None where it isn't ready."""
    saved = {one.name: one for one in mappings.fitting(ctx.store, part.table.header)}
    name = PROPOSED
    if saved:
        kept = "Saved ones that fit this table."
        name = st.selectbox("Mapping", [*saved, PROPOSED], key=f"import_mapping_{number}", help=kept)
    mapping = saved.get(name) or _proposed(ctx, given, part, number)
    if mapping is None:
        return None
    edited = _edited(ctx, mapping, f"{given.digest[:12]}_{number}") or mapping
    if edited.questions:
        st.info("Nothing can be checked before the open questions are answered above.")
        return None
    return edited


def _proposed(ctx: Context, given: Given, part: Part, number: int) -> Mapping | None:
    """What the table itself suggests, with what somebody has said of its columns and answered."""
    reading = replace(st.session_state.get(READING, Reading()), sheet=part.sheet)
    state = {field: st.session_state.get(f"import_answer_{number}_{field}") for field, _, _ in _ASKED.values()}
    answers: dict[str, Any] = {field: str(value) for field, value in state.items() if value}
    answers["known"] = bool(st.session_state.get(f"import_answer_{number}_known", number > 0 and not part.names_clinic))
    nothing = Settled(date_order=reading.date_order, decimal=reading.decimal)
    try:
        first = _propose(given, part, nothing, reading)
        said = columns.choose(given, part, number, first)
        asking = _propose(given, part, replace(nothing, columns=said), reading)
        mapping = _propose(given, part, replace(nothing, columns=said, **answers), reading)
    except (PlumblineError, FileRefused) as refused:
        st.error(plain(str(refused)))
        return None
    asked = [option for one in asking.questions for option in _OPTION.findall(one) if option in _ASKED]
    _ask(dict.fromkeys(asked), number, answers["known"], _choices(ctx, part))
    left = [one for one in mapping.questions if not set(_OPTION.findall(one)) & set(_ASKED)]
    if left:
        told = "\n".join(f"- {plain(_OPTION_TOLD.sub('', _PLACE.sub('', one)))}" for one in left)
        st.warning(f"Still open; change the line of the column above:\n{told}")
    return mapping


def _propose(given: Given, part: Part, settled: Settled, reading: Reading) -> Mapping:
    """A proposal, made once for the same files and answers: reading a large file takes seconds."""
    key = (given.digest, part.file, settled, reading)
    kept = st.session_state.setdefault("import_proposals", {})
    if key not in kept:
        with imports_files.folder(given.files) as folder:
            found = intake.propose(folder / part.file, settled, reading)
        for old in list(kept)[:-11]:
            del kept[old]
        kept[key] = found
    return kept[key]  # type: ignore[no-any-return]


def _ask(options: dict[str, None], number: int, known: bool, choices: dict[str, list[str]]) -> None:
    """What the file doesn't say: a field for each."""
    if not options:
        return
    st.markdown("**What the file doesn't say**")
    if "clinic" in options:
        known = st.checkbox(
            "Its patients are in the store already, or in another table here", known,
            key=f"import_answer_{number}_known",
        )  # fmt: skip
    shown = [one for one in options if not (known and one in {"clinic", "index-date", "pathway"})]
    for column, option in zip(st.columns(max(2, len(shown))), shown, strict=False):
        field, label, hint = _ASKED[option]
        key = f"import_answer_{number}_{field}"
        if option in choices:
            is_open = option == "clinic"  # a new one is made; those there are guard against a slip of the pen
            column.selectbox(label, choices[option], None, key=key, placeholder=hint, accept_new_options=is_open)
        else:
            column.text_input(label, key=key, placeholder=hint)


def _choices(ctx: Context, part: Part) -> dict[str, list[str]]:
    """What can be answered, where that is a closed list."""
    return {
        "clinic": list(ctx.clinics or ctx.ask("followup/clinic_by_name")["clinic_id"]),
        "pathway": list(reference_frame("pathway")["pathway"]),
        "date": list(part.table.header),
        "vas": list(LENGTHS),
        "coding": ["0-5", "1-6"],
        "form": ["paper", "electronic"],
    }


def _edited(ctx: Context, mapping: Mapping, place: str) -> Mapping | None:
    """The mapping as text, to be changed by hand and kept for the next file; None where its text is at fault."""
    with st.expander("The mapping in words, and as text: change it, keep it"):
        _show(mapping, mapping.remarks)
        text = st.text_area(
            "Mapping", mapping.to_yaml(), height=320, key=f"import_yaml_{place}_{mapping.digest[:12]}",
            label_visibility="collapsed",
        )  # fmt: skip
        try:
            edited = Mapping.from_yaml(text)
        except PlumblineError as refused:
            st.error(plain(str(refused)))
            return None
        left, right = st.columns(2, vertical_alignment="bottom")
        with left:
            downloads.button(
                ctx, "Download", action="import_data", name="mapping.yaml", build=lambda _: text,
                about=("file", "mapping"), key=f"import_yaml_down_{place}",
            )  # fmt: skip
        if right.button("Keep it in the store", key=f"import_keep_{place}", disabled=bool(edited.questions)):
            ui.require(ctx, "import_data")
            kept = mappings.save(ctx.store, edited, ctx.user)
            st.toast(f"Kept as {plain(kept.name)}, version {kept.version}.")
    return edited


def _show(mapping: Mapping, remarks: dict[str, str]) -> None:
    """The mapping as a table: what becomes what, from where, and why it was proposed."""
    rows = words.lines(mapping, remarks)
    st.dataframe(rows, hide_index=True, width="stretch", height=min(38 + 35 * len(rows), 390))
    if aside := remarks.get("scores"):
        st.caption(plain(aside))
