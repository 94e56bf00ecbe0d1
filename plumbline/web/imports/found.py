"""First step of an import: choose files, see what was found about each, settle what the files don't say."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import streamlit as st

from plumbline.intake.reading import Reading
from plumbline.intake.suggest import telling
from plumbline.intake.template import workbook
from plumbline.web import downloads, ui
from plumbline.web.imports import files as imports_files
from plumbline.web.imports.files import Given, Look, Part
from plumbline.web.ui import Context, plain

SURE = {"certain": "● certain", "likely": "◐ likely", "ask": "○ please say"}
READING, ROUND = "import_reading", "import_round"
_ENCODINGS = {None: "Find it", "windows-1252": "Windows-1252 (Western Europe)", "latin-1": "Latin-1"}
_DATES = {"day-first": "Day first: 3/4 is 3 April", "month-first": "Month first: 3/4 is March 4"}
_DECIMALS = {"comma": "Comma: 7,5", "dot": "Dot: 7.5"}


def choose(ctx: Context) -> Given | None:
    """The uploaded files and what they are; None before there are any."""
    ui.require(ctx, "import_data")
    files = st.file_uploader(
        "Files", imports_files.TYPES, accept_multiple_files=True,
        key=f"import_files_{st.session_state.get(ROUND, 0)}",
        help="CSV, Excel, REDCap exports and FHIR R4, up to 25 MB. For more use `python -m plumbline import`.",
    )  # fmt: skip
    if not files:
        downloads.button(
            ctx, "Empty workbook to fill in", action="import_data", name="plumbline.xlsx", build=lambda _: workbook(),
            about=("file", "workbook"), key="import_template",
            help="A sheet for each kind of row, and one that says what each column is.",
        )  # fmt: skip
        st.session_state.pop(READING, None)
        return None
    reading = st.session_state.get(READING, Reading())
    digest = hashlib.sha256(repr(reading).encode())
    for one in files:
        digest.update(one.name.encode() + one.getbuffer())
    key = digest.hexdigest()
    kept: Given | None = st.session_state.get("import_given")
    if kept is None or kept.digest != key:
        with imports_files.folder(files) as folder:
            looks = tuple(imports_files.look_at(path, reading) for path in sorted(folder.iterdir()))
        kept = Given(looks, key, files)
        st.session_state["import_given"] = kept
    return replace(kept, files=files)


def forget() -> None:
    """The files are stored: the next ones start from nothing."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state.pop("import_given", None)


def show(given: Given) -> None:
    """What each file is, and for a table what was found about it."""
    for look in given.looks:
        mark = ":red[⚑]" if look.kind == "refused" else "✓"
        st.markdown(f"{mark} **{plain(look.name)}** · {look.words}")
        if look.refusal:
            st.error(plain(look.refusal))
            if "encoding" in look.refusal:
                _settle("encoding", "How were its letters written?", _ENCODINGS)
    for look in given.of("table"):
        _table(look)


def parts(given: Given) -> list[Part]:
    """The tables that need a mapping: of a workbook the chosen sheets."""
    return [part for look in given.of("table") for part in _parts(look)]


def _parts(look: Look) -> list[Part]:
    if len(look.found) == 1:
        return [Part(look.name, look.found[0])]
    chosen = st.session_state.get(_key(look), _telling(look))
    return [Part(look.name, table, table.name) for table in look.found if table.name in chosen]


def _key(look: Look) -> str:
    return f"import_sheets_{look.name}"


def _telling(look: Look) -> list[str]:
    """The sheets whose headings speak of patients or scores; where none does, the first."""
    return [table.name for table in look.found if telling(table.header)] or [look.found[0].name]


def _table(look: Look) -> None:
    if len(look.found) > 1:
        names = [table.name for table in look.found]
        st.pills("Sheets to bring in", names, selection_mode="multi", default=_telling(look), key=_key(look))
    reading: Reading = st.session_state.get(READING, Reading())
    chosen = [part.table for part in _parts(look)]
    asked = {one.name for table in chosen for one in table.findings if one.sure == "ask"} - {"sheet"}
    if "date order" in asked or reading.date_order:
        _settle("date_order", "How are days written?", _DATES)
    if "decimal sign" in asked or reading.decimal:
        _settle("decimal", "What stands before decimals?", _DECIMALS)
    with st.expander(f"What was found about {plain(look.name)}", expanded=bool(asked)):
        rows = [
            {"What": one.name, "Found": one.value, "How sure": SURE[one.sure], "Why": one.why}
            for table in chosen
            for one in table.findings
        ]
        st.dataframe(rows, hide_index=True, width="stretch")


def _settle(name: str, label: str, choices: dict[str | None, str] | dict[str, str]) -> None:
    """A choice about how files are read; the next run reads them so."""
    reading: Reading = st.session_state.get(READING, Reading())
    options = list(choices)
    current = getattr(reading, name)
    st.radio(
        label, options, options.index(current) if current in options else None, format_func=choices.get,
        key=f"import_{name}", horizontal=True, on_change=_settled, args=(name,),
    )  # fmt: skip


def _settled(name: str) -> None:
    ui.require(ui.context(), "import_data")
    reading: Reading = st.session_state.get(READING, Reading())
    st.session_state[READING] = replace(reading, **{name: st.session_state[f"import_{name}"]})
