"""Goals in the patient's own words: each with its day and how it stands. The words are shown letter for letter."""

from __future__ import annotations

from typing import Any

import streamlit as st

from plumbline.web.text import plain
from plumbline.web.ui import Context

SHOWN = 3  # so many that the latest note stays on a specialist's screen


def goals(ctx: Context, episode_id: str) -> None:
    """The goals of a course, due ones first; nothing where none is set."""
    rows = _all(ctx, episode_id)
    if not rows:
        return
    with st.container(gap="xxsmall", key="goals"):
        settled = sum(1 for row in rows if row["status"] == "reached")
        st.caption(f"Goals, in the patient's words: {settled} of {len(rows)} reached")
        st.markdown("\n".join(line(row) for row in rows[:SHOWN]))
        if rows[SHOWN:]:
            with st.popover(f"{len(rows) - SHOWN} more", type="tertiary"):
                st.markdown("\n".join(line(row) for row in rows[SHOWN:]))


def _all(ctx: Context, episode_id: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = ctx.arrow(
        "patient/goal_by_course", as_of=ctx.as_of, episode_id=episode_id
    ).to_pylist()
    return rows


def line(row: dict[str, Any]) -> str:
    """One goal: mark, words in quotes, how it stands and its day."""
    said = f"- {plain(row['mark'] or '·')} “{plain(row['words'])}” "
    due = f"{row['due_on']:%-d %b %Y}"
    if row["is_due"]:
        return f"{said}**· due since {due}, not scored**"
    if row["reviewed_on"]:
        told = f", “{plain(row['review_words'])}”" if row["review_words"] else ""
        again = "" if row["is_settled"] else f", due {due}"
        return f"{said}:gray[· {plain(row['label'])} on {row['reviewed_on']:%-d %b %Y}{told}{again}]"
    return f"{said}:gray[· due {due}]"
