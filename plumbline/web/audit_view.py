"""The record on its page: what to search for, what was found, and whether it is as it was written."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import streamlit as st

from plumbline import audit, export
from plumbline.web import downloads, ui
from plumbline.web.ui import Context, plain

MOST = 500
KEYS = "view_audit_keys"  # a manager sees who looked and when, and no patient's key
FEW = 12  # rows that stand without scrolling
_KINDS = "audit/kind_by_event"
_COLUMNS = {
    "seq": st.column_config.NumberColumn("Row", width=60),
    "happened_at": st.column_config.DatetimeColumn("When (UTC)", format="YYYY-MM-DD HH:mm:ss", width=150),
    "label": st.column_config.TextColumn("What", width=140),
    "actor": st.column_config.TextColumn("Who", width=130),
    "role": st.column_config.TextColumn("Role", width=110),
    "clinic_id": st.column_config.TextColumn("Clinic", width=90),
    "object_kind": st.column_config.TextColumn("About", width=80),
    "object_key": st.column_config.TextColumn("Key", width=250),
    "result": st.column_config.TextColumn("Result", width=80),
    "session": st.column_config.TextColumn("Session", width=110),
    "address": st.column_config.TextColumn("From", width=110),
}


def asked(ctx: Context) -> dict[str, Any]:
    """What is searched for: time, event, person, key."""
    labels = {"": "Everything"} | dict(ctx.ask(_KINDS)[["event", "label"]].itertuples(index=False))
    days, what, who, about = st.columns([1.2, 1, 1, 1.4])
    chosen = days.date_input("Days (UTC)", [], key="audit_days", format="YYYY-MM-DD")
    event = what.selectbox("What", list(labels), format_func=lambda one: labels[one], key="audit_event")
    actor = who.text_input("Who", key="audit_actor", placeholder="Key of an account")
    with_keys = ui.allowed(ctx, KEYS)
    key = about.text_input("About", key="audit_object", placeholder="Key in a patient's address") if with_keys else ""
    since, until = _span(chosen)
    return {
        "since": since, "until": until, "event": event or None, "actor": actor.strip() or None,
        "object": key.strip() or None,
    }  # fmt: skip


def _span(chosen: Any) -> tuple[datetime | None, datetime | None]:
    days = chosen if isinstance(chosen, (tuple, list)) else [chosen] if chosen else []
    if not days:
        return None, None
    return datetime.combine(days[0], time()), datetime.combine(days[-1] + timedelta(days=1), time())


def rows(ctx: Context, wanted: dict[str, Any]) -> None:
    """What was found, the newest first, and the same as CSV."""
    found = _found(ctx, wanted)
    if not found:
        st.info("Nothing of the kind is on record.")
        return
    total = found[0]["found"]
    shown = [{name: "" if row[name] is None else row[name] for name in _COLUMNS} for row in found]
    more = f", the newest {len(found):,} are shown" if total > len(found) else ""
    st.markdown(f"**{total:,} on record**{more}")
    order = [name for name in _COLUMNS if name != "object_key" or ui.allowed(ctx, KEYS)]
    height: Any = "content" if len(shown) < FEW else 460
    st.dataframe(shown, hide_index=True, width="stretch", column_config=_COLUMNS, height=height, column_order=order)
    downloads.button(
        ctx, "Download these", action="export_record", name="record.csv", build=lambda now: _csv(now, wanted),
        about=("file", "record"), key="audit_csv",
    )  # fmt: skip


def _found(ctx: Context, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    return audit.search(ctx.cursor, most=MOST, clinics=ctx.clinics, with_keys=ui.allowed(ctx, KEYS), **wanted)


def _csv(ctx: Context, wanted: dict[str, Any]) -> bytes:
    ui.require(ctx, "export_record")
    found = _found(ctx, wanted)
    return export.csv_bytes({name: name for name in _COLUMNS}, found)


def check(ctx: Context) -> None:
    """Check every row against the one before it, and say what was found."""
    ui.require(ctx, "view_audit")
    wrong = audit.verify(ctx.present)
    count = audit.head(ctx.cursor)["seq"]
    if wrong:
        st.error("\n".join(f"- {plain(one)}" for one in wrong[:20]))
    else:
        st.success(
            f"All {count:,} rows are as they were written. Whether the end was cut off shows only against a backup: "
            "`python -m plumbline audit verify --against FOLDER`."
        )
