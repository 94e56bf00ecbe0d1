"""Notes under the chart, and where the reference comes from. Note texts are shown letter for letter."""

from __future__ import annotations

from typing import Any

import streamlit as st

from plumbline import sql
from plumbline.web import ui
from plumbline.web.text import plain
from plumbline.web.ui import Context

REFERENCE = sql.ROOT / "pages" / "reference.py"
MOST = 30


def _all(ctx: Context, episode_id: str, search: str = "", kind: str | None = None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = ctx.arrow(
        "patient/note_by_course", as_of=ctx.as_of, episode_id=episode_id, search=search, kind=kind
    ).to_pylist()
    return rows


def latest(ctx: Context, episode_id: str, picked: str | None) -> None:
    """The newest note, or the one whose mark was clicked, beside the chart."""
    notes = _all(ctx, episode_id)
    if not notes:
        return
    note = next((row for row in notes if row["note_id"] == picked), notes[0])
    with st.container(border=note["note_id"] == picked, gap="xxsmall", key="latest_note"):
        st.caption(f"{'Opened from the chart' if note['note_id'] == picked else 'Latest note'} · {_heading(note)}")
        fields = [f"{field['label']}: {field['value']}" for field in note["fields"]]
        text = " · ".join(filter(None, [*fields, note["text"]]))
        st.text(text if len(text) <= 220 else text[:220] + "…")


def _heading(note: dict[str, Any]) -> str:
    day = f"day {note['day']}, " if note["day"] is not None else ""
    return plain(f"{day}{note['written_on']:%-d %b %Y} · {note['kind_label']}")


def notes(ctx: Context, episode_id: str, picked: str | None) -> None:
    """All notes, latest first, with search and kinds; the one clicked in the chart stands out and comes first."""
    everything = _all(ctx, episode_id)
    st.subheader("Notes", anchor=False)
    if not everything:
        st.caption("No notes yet.")
        return
    kinds = {row["kind"]: row["kind_label"] for row in everything}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input("Search notes", key="note_search", placeholder="Words in a note", width=280)
        kind = st.selectbox(
            "Kind",
            [None, *kinds],
            format_func=lambda kind: kinds[kind] if kind else "All kinds",
            key="note_kind",
            width=200,
        )
    found = _all(ctx, episode_id, search, kind) if search or kind else everything
    found = sorted(found, key=lambda note: note["note_id"] != picked)
    if not found:
        st.caption("No note matches.")
    with st.container(gap="xxsmall", key="note_list"):  # one for all: each container costs as much as a note
        for note in found[:MOST]:
            if note["note_id"] == picked:
                with st.container(border=True, gap="xxsmall"):
                    _note(note, " :blue-badge[opened from the chart]")
            else:
                _note(note)
    if len(found) > MOST:
        st.caption(f"The latest {MOST} of {len(found)}. Search to find others.")


def _note(note: dict[str, Any], badge: str = "") -> None:
    """What it is; the fields of a structured note, labels bold; its free text. Line breaks stay, nothing acts."""
    author = f" :gray[· {plain(note['author'])}]" if note["author"] else ""
    lines = [f"**{_heading(note)}** {plain(note['title'] or '')}{author}{badge}"]
    lines += [f"**{plain(field['label'])}** {_lines(field['value'])}" for field in note["fields"]]
    st.markdown("  \n".join(lines))
    if note["text"]:
        st.text(note["text"])


def _lines(value: str) -> str:
    return "  \n".join(plain(line) for line in value.strip().splitlines())


def sources(status: dict[str, Any]) -> None:
    """One click to where the expected range comes from."""
    if st.button("About the range", key="sources", type="tertiary"):
        _sources(status)


@st.dialog("Where the expected range comes from", width="large")
def _sources(status: dict[str, Any]) -> None:
    """Knot by knot, and that nobody has signed it yet."""
    ctx = ui.context()
    ui.require(ctx, "view_patient")
    rows = ctx.arrow("patient/source_by_knot", episode_id=status["episode_id"])
    if not rows.num_rows:
        st.write("There is no published reference for this course, so no range is drawn.")
        return
    baseline = status["baseline"]
    whose = "the reference patient, as no baseline is known" if baseline is None else f"a baseline of {baseline:g}"
    st.markdown(
        f"Expected course after the procedure, for {whose}: published group means, timeline "
        f"{plain(status['timeline_version'])}. Between them mean and spread are linear in log(1 + day)."
    )
    if not all(rows["is_signed"].to_pylist()):
        st.markdown("**Not yet signed off by a clinician.** Assumed and recalled values are marked so below.")
    st.dataframe(rows, hide_index=True, placeholder="", column_config=_SOURCE_COLUMNS)
    st.page_link(REFERENCE, label="The whole reference")


_SOURCE_COLUMNS = {
    "day": "Day",
    "mean": st.column_config.NumberColumn("Mean", format="%.1f"),
    "sd": st.column_config.NumberColumn("SD", format="%.1f"),
    "sd_status": "SD is",
    "confidence": "Confidence",
    "studies": "Studies, patients",
    "source": "How it was made",
    "is_signed": None,
}
