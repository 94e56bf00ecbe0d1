"""Links to patients for who may take one back without seeing whose it is: by its id, its maker and its state."""

from __future__ import annotations

import streamlit as st

from plumbline.sharing import links
from plumbline.sharing.limits import words
from plumbline.web.patient.share import REVOKE, revoke
from plumbline.web.text import plain
from plumbline.web.ui import Context, allowed

_TEXT, _WHEN = st.column_config.TextColumn, st.column_config.DatetimeColumn
_COLUMNS = {
    "link_id": _TEXT("Link"), "state": _TEXT("State"), "clinic_id": _TEXT("Clinic"), "created_by": _TEXT("Made by"),
    "created_at": _WHEN("Made, UTC", format="D MMM YYYY, HH:mm"),
    "expires_at": _WHEN("Until, UTC", format="D MMM YYYY, HH:mm"),
    "opens": st.column_config.NumberColumn("Opened"), "failures": st.column_config.NumberColumn("Wrong tries"),
}  # fmt: skip
_MARKS = {"open": "●", "locked": "▲", "expired": "○", "revoked": "✕"}


def block(ctx: Context) -> None:
    """The list, and taking one back. Nothing of a patient is in it, and nothing is there for other roles."""
    if not allowed(ctx, REVOKE):
        return
    st.subheader("Links to patients", anchor=False)
    rows = links.listed(ctx.present, clinics=ctx.clinics)
    live = sum(row["state"] == "open" for row in rows)
    if not rows:
        st.caption("None was made yet: a specialist makes one on a patient's page.")
        return
    st.caption(f"{live} of {len(rows)} can be opened. Whose they are is not shown here.")
    shown = [
        {name: row[name] for name in _COLUMNS} | {"state": f"{_MARKS[row['state']]} {words('state')[row['state']]}"}
        for row in rows
    ]
    picked = st.dataframe(
        shown, hide_index=True, width="stretch", column_config=_COLUMNS, key="links_table", on_select="rerun",
        selection_mode="single-row",
    ).selection.rows  # fmt: skip
    chosen = rows[picked[0]] if picked and picked[0] < len(rows) else None
    if chosen and chosen["state"] in {"open", "locked"}:
        label = f"Take back {plain(chosen['link_id'])}"
        st.button(label, key="links_revoke", on_click=revoke, args=(chosen["link_id"],))
    elif not chosen:
        st.caption("Choose a row to take a link back.")
