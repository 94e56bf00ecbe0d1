"""Second step of an import: which column means what. A mapping is proposed, or a saved one taken."""

from __future__ import annotations

import re

import streamlit as st

from plumbline import intake
from plumbline.errors import PlumblineError
from plumbline.intake import mappings
from plumbline.intake.mapping import Mapping
from plumbline.intake.refused import FileRefused
from plumbline.intake.suggest import Settled
from plumbline.intake.tables import Reading
from plumbline.web import imports_files, ui
from plumbline.web import imports_words as words
from plumbline.web.imports_files import Given
from plumbline.web.imports_found import READING
from plumbline.web.ui import Context, plain

_OPTION = re.compile(r"\(--([a-z-]+)")
_ASKED = {
    "clinic": ("clinic", "Clinic of all these patients", "Its id, such as north"),
    "pathway": ("pathway", "Procedure", "kyphoplasty, vertebroplasty or other"),
    "index-date": ("index_date", "One day for every procedure", "Only where the file has no dates: 2020-01-01T12:00"),
    "date": ("date", "Column with the day of the scores", "A heading of the file"),
    "sex": ("sex", "What the codes for sex mean", "Such as 0=female,1=male"),
    "coding": ("coding", "How the ODI's answers are coded", "0-5 or 1-6"),
    "form": ("form", "How the RMDQ was filled in", "paper or electronic"),
}
PROPOSED = "Propose one"


def choose(ctx: Context, given: Given) -> Mapping | None:
    """The mapping for the file that needs one; None where none is ready yet."""
    ui.require(ctx, "import_data")
    look = given.of("table")[0]
    others = [one.name for one in given.of("table")[1:]]
    if others:
        st.info(f"One shape at a time: first {plain(look.name)}. Then bring {plain(', '.join(others))} by itself.")
    saved = {one.name: one for table in look.found for one in mappings.fitting(ctx.store, table.header)}
    name = PROPOSED
    if saved:
        name = st.selectbox("Mapping", [*saved, PROPOSED], key="import_mapping", help="Saved ones that fit this file.")
    mapping = saved.get(name) or _proposed(given, look.name)
    if mapping is None:
        return None
    edited = _edited(ctx, mapping, given.digest) or mapping
    _show(edited, mapping.remarks)
    if edited.questions:
        st.info("Nothing can be checked before the file's open questions are answered above.")
        return None
    return edited


def _proposed(given: Given, name: str) -> Mapping | None:
    """What the file itself suggests, with what somebody has answered."""
    reading = st.session_state.get(READING, Reading())
    answers = {field: st.session_state.get(f"import_answer_{field}") or None for field, _, _ in _ASKED.values()}
    settled = Settled(date_order=reading.date_order, decimal=reading.decimal, **answers)
    try:
        mapping = _propose(given, name, settled, reading)
        first = _propose(given, name, Settled(date_order=reading.date_order), reading)
    except (PlumblineError, FileRefused) as refused:
        st.error(plain(str(refused)))
        return None
    asked = [option for one in first.questions for option in _OPTION.findall(one) if option in _ASKED]
    _ask(dict.fromkeys(asked))
    open_questions = [one for one in mapping.questions if not set(_OPTION.findall(one)) & set(_ASKED)]
    for question in open_questions:
        st.warning(plain(question))
    return mapping


def _propose(given: Given, name: str, settled: Settled, reading: Reading) -> Mapping:
    """A proposal, made once for the same files and answers: reading a large file takes seconds."""
    key = (given.digest, name, settled, reading)
    kept = st.session_state.setdefault("import_proposals", {})
    if key not in kept:
        with imports_files.folder(given.files) as folder:
            found = intake.propose(folder / name, settled, reading)
        for old in list(kept)[:-3]:
            del kept[old]
        kept[key] = found
    return kept[key]  # type: ignore[no-any-return]


def _ask(options: dict[str, None]) -> None:
    """What the file doesn't say: a field for each."""
    if not options:
        return
    st.markdown("**What the file doesn't say**")
    for column, option in zip(st.columns(max(2, len(options))), options, strict=False):
        field, label, hint = _ASKED[option]
        column.text_input(label, key=f"import_answer_{field}", placeholder=hint)


def _edited(ctx: Context, mapping: Mapping, digest: str) -> Mapping | None:
    """The mapping as text, to be changed by hand and kept for the next file; None where its text is at fault."""
    with st.expander("The mapping as text: change it, keep it"):
        text = st.text_area(
            "Mapping", mapping.to_yaml(), height=320, key=f"import_yaml_{digest[:12]}_{mapping.digest[:12]}",
            label_visibility="collapsed",
        )  # fmt: skip
        try:
            edited = Mapping.from_yaml(text)
        except PlumblineError as refused:
            st.error(plain(str(refused)))
            return None
        left, right = st.columns(2, vertical_alignment="bottom")
        left.download_button("Download", text, f"{edited.name}.yaml", "text/yaml", on_click="ignore")
        if right.button("Keep it in the store", key="import_keep_mapping", disabled=bool(edited.questions)):
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
