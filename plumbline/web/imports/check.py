"""Third step of an import: see exactly what would happen to each row, then do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from plumbline import audit, export, intake
from plumbline.intake.choice import choose
from plumbline.intake.mapped import preview
from plumbline.intake.mapping import Mapping
from plumbline.intake.result import ImportResult
from plumbline.web import downloads, on_record, ui
from plumbline.web.imports import files as imports_files
from plumbline.web.imports import found as imports_found
from plumbline.web.imports.files import Given
from plumbline.web.ui import Context, plain

REJECT = {"file": "File", "line": "Line", "column": "Column", "value": "Value", "reason": "Reason"}
_ENDS = {
    "accepted": ("✓ to be stored", "✓ stored"),
    "unchanged": ("= there already", "= were there already"),
    "ignored": ("○ not used", "○ not used"),
    "rejected": ("⚑ turned away", "⚑ turned away"),
}
_RESULT, _CHECKED = "import_result", "import_checked"


def check(ctx: Context, given: Given, maps: list[Mapping]) -> None:
    """The button that checks, what it found, and the button that imports."""
    ui.require(ctx, "import_data")
    replace = st.checkbox(
        "A value that differs replaces the stored one", key="import_replace", help="Else such a row is turned away."
    )
    key = (given.digest, tuple(one.digest for one in maps), replace, ctx.store.revision)
    if st.button("Check: nothing is stored yet", type="primary", key="import_check"):
        result = _run(ctx, given, maps, replace, dry_run=True)
        st.session_state[_CHECKED] = (key, result, _first(given, maps))
    checked = st.session_state.get(_CHECKED)
    if checked is None or checked[0] != key:
        return
    _, result, facts = checked
    told(ctx, result, done=False)
    _preview(facts)
    count = result.totals["accepted"]
    if not count:
        st.info("There is nothing to store.")
    elif st.button(f"Import {count:,} rows", type="primary", key="import_do"):
        st.session_state[_RESULT] = _run(ctx, given, maps, replace, dry_run=False)
        st.session_state.pop(_CHECKED)
        imports_found.forget()
        st.rerun()


def last(ctx: Context) -> None:
    """What the import just done did; its report stays until other files are given."""
    ui.require(ctx, "import_data")
    result: ImportResult | None = st.session_state.get(_RESULT)
    if result is not None:
        st.success(f"Import {result.batch_id} is stored. It can be taken back below.")
        told(ctx, result, done=True, rejects=intake.rejects(ctx.cursor, result.batch_id))


def told(
    ctx: Context, result: ImportResult, *, done: bool, rejects: list[dict[str, Any]] | None = None
) -> None:
    """Counts of all rows by what becomes of them, what is worth telling, and every reject with its reason."""
    totals = result.totals
    for column, (name, words) in zip(st.columns(4), _ENDS.items(), strict=True):
        column.metric(words[done], f"{totals[name]:,} of {totals['rows']:,}")
    turned_away = result.rejects if rejects is None else rejects
    for sentence in result.notes[: len(result.notes) - min(len(result.rejects), 21) or None]:
        st.markdown(f":small[{plain(sentence)}]")
    if not turned_away:
        return
    st.markdown(f"**Turned away: {len(turned_away):,}**, each with its reason")
    st.dataframe(turned_away, hide_index=True, width="stretch", column_config=REJECT, height=260)
    downloads.button(
        ctx, "Download them", action="export_rejects", name=f"rejects-{result.batch_id}.csv",
        build=lambda _: export.csv_bytes(REJECT, turned_away), about=("import", result.batch_id),
        key=f"import_rejects_{done}",
    )  # fmt: skip


def _first(given: Given, maps: list[Mapping]) -> dict[str, list[dict[str, Any]]]:
    """The first lines of each table as facts, where a mapping makes them."""
    facts: dict[str, list[dict[str, Any]]] = {}
    with imports_files.folder(given.files) as folder:
        for look in given.of("table") if maps else ():
            for table, mapping in choose(folder / look.name, maps):
                for kind, rows in preview(table, mapping).rows.items():
                    facts.setdefault(kind, []).extend(rows)
    return facts


def _preview(facts: dict[str, list[dict[str, Any]]]) -> None:
    if not facts:
        return
    st.markdown("**The first lines as facts**")
    tabs = st.tabs([f"{kind} ({len(rows)})" for kind, rows in facts.items()])
    for tab, rows in zip(tabs, facts.values(), strict=True):
        shown = [{name: one for name, one in row.items() if name != "items"} for row in rows]
        tab.dataframe(shown, hide_index=True, width="stretch", height=240)


def _run(ctx: Context, given: Given, maps: list[Mapping], replace: bool, *, dry_run: bool) -> ImportResult:
    bar = st.progress(0.0, "Reading")
    try:
        if not dry_run:
            audit.record(ctx.present, "import_started", on_record.actor(ctx), result="asked")
        with imports_files.folder(given.files) as folder:
            for look in given.of("description") if maps else ():  # what describes a project is no table of it
                (folder / look.name).unlink()
            result = intake.run(
                ctx.store, [*sorted(folder.iterdir())], mapping=maps, replace=replace, dry_run=dry_run,
                recorded_by=ctx.user, clinics=ctx.clinics, progress=_progress(bar),
            )  # fmt: skip
        if not dry_run:
            audit.record(ctx.present, "import_finished", on_record.actor(ctx), ("import", result.batch_id))
        return result
    finally:
        bar.empty()


def _progress(bar: Any) -> Callable[[str, int, int], None]:
    def show(label: str, done: int, total: int) -> None:
        bar.progress(min(1.0, done / total) if total else 1.0, plain(label).capitalize())

    return show
