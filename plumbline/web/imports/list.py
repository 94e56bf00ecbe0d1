"""Below the import: every earlier import with what it brought, its rejects, and the way to take it back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from plumbline import audit, export, intake
from plumbline.errors import PlumblineError
from plumbline.intake import undo
from plumbline.web import downloads, on_record, ui
from plumbline.web.imports.check import REJECT
from plumbline.web.ui import Context, plain

_COLUMNS: dict[str, Any] = {
    "started_at": st.column_config.DatetimeColumn("When (UTC)", format="YYYY-MM-DD HH:mm"),
    "recorded_by": "By",
    "rows": "Rows",
    "accepted": "Stored",
    "unchanged": "There already",
    "ignored": "Not used",
    "rejected": "Turned away",
    "undone": "Taken back",
    "batch_id": "Import",
}


def show(ctx: Context) -> None:
    """The list; a chosen one opens below it."""
    ui.require(ctx, "import_data")
    st.subheader("Earlier imports", anchor=False)
    rows = ctx.arrow("import/batch_by_start", by=ctx.user).to_pylist()
    if not rows:
        st.caption("Nothing was imported yet.")
        return
    for row in rows:
        row["undone"] = f"{row['undone_at']:%Y-%m-%d} by {row['undone_by']}" if row["undone_at"] else ""
    chosen = st.dataframe(
        [{name: row[name] for name in _COLUMNS} for row in rows], hide_index=True, width="stretch",
        column_config=_COLUMNS, height=min(38 + 35 * len(rows), 260), key="import_batches",
        on_select="rerun", selection_mode="single-row",
    )  # fmt: skip
    picked = chosen["selection"]["rows"]
    if not picked:
        st.caption("Choose one to see what it turned away, or to take it back.")
        return
    _one(ctx, rows[picked[0]])


def _one(ctx: Context, row: dict[str, Any]) -> None:
    if not row["is_mine"]:
        st.caption("It brought patients of other clinics, too: the rest of it is for whoever looks after them all.")
        return
    rejects = intake.rejects(ctx.cursor, row["batch_id"])
    with st.container(horizontal=True, vertical_alignment="center"):
        if rejects:
            batch_id = row["batch_id"]
            downloads.button(
                ctx, f"Download {len(rejects):,} rejects", action="export_rejects", name=f"rejects-{batch_id}.csv",
                build=lambda now: export.csv_bytes(REJECT, intake.rejects(now.cursor, batch_id)),
                about=("import", batch_id), key="import_old_rejects",
            )  # fmt: skip
        if not row["undone_at"] and ctx.known_at is None and st.button("Take it back…", key="import_undo"):
            _undo(row["batch_id"])
    if rejects:
        st.dataframe(rejects, hide_index=True, width="stretch", column_config=REJECT, height=200)


@st.dialog("Take an import back", width="large")
def _undo(batch_id: str) -> None:
    ctx = ui.context()
    ui.require(ctx, "import_data")
    found = undo.preview(ctx.store, batch_id, clinics=ctx.clinics)
    st.markdown(f"Import **{plain(batch_id)}**, by {plain(found.recorded_by)}. Nothing is erased: its history stays.")
    st.markdown(f"Goes: {_counts(found.retracted)}.  \nComes back: {_counts(found.restored)}.")
    if found.kept:
        st.markdown(f"Stays, as staff have entered something since: {_counts(found.kept)}.")
    if found.later:
        names = ", ".join(str(one["batch_id"]) for one in found.later)
        st.warning(f"Later imports have built on it. Take these back first, the newest first: {plain(names)}.")
        return
    agreed = True
    if found.said_since:
        st.markdown("**Said by staff since then; all of it stays**")
        st.dataframe(found.said_since, hide_index=True, width="stretch", height=200)
        agreed = st.checkbox("I have looked at these", key="import_undo_agreed")
    why = st.text_input("Why?", key="import_undo_why", placeholder="Such as: wrong file")
    if st.button("Take it back", type="primary", key="import_undo_do", disabled=not agreed):
        try:
            audit.record(ctx.present, "import_undone", on_record.actor(ctx), ("import", batch_id), result="asked")
            undo.undo(ctx.store, ctx.user, batch_id, why, confirmed=agreed, clinics=ctx.clinics)
        except PlumblineError as refused:
            st.error(plain(str(refused)))
            return
        st.session_state.pop("import_result", None)
        st.rerun()


def _counts(by_kind: dict[str, int]) -> str:
    words = {"treated_level": "treated level", "milestone": "milestone"}
    said = [f"{count:,} {words.get(kind, kind)}{'s' if count > 1 else ''}" for kind, count in by_kind.items()]
    return ", ".join(said) or "nothing"
