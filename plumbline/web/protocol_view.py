"""The blocks of the Protocol page: who has signed, what exactly is signed, and the form in which a clinician signs."""

from __future__ import annotations

from collections import Counter
from typing import Any

import streamlit as st

from plumbline import protocol, sql
from plumbline.errors import PlumblineError
from plumbline.web import instant, on_record, signed, ui
from plumbline.web.ui import Context, plain

SIGN = "sign_protocol"
ALL = "Every part"
REFERENCE = sql.ROOT / "pages" / "reference.py"
EVERY = "Every clinic, those to come among them"
_SAID = "protocol_said"
_FIELDS = ("protocol_name", "protocol_title", "protocol_clinics", "protocol_read")


def who(ctx: Context, version: str) -> None:
    """How the timeline stands at each clinic that the account may see."""
    zone = instant.zone_of(ctx.present)
    rows = [
        {
            "Clinic": row["clinic"] or EVERY,
            "Stands": _state(row),
            "Signed by": " · ".join(filter(None, [row["signed_name"], row["signed_title"]])),
            "When": instant.words(row["signed_at"], zone) if row["signed_at"] else "",
        }
        for row in signed.standing(ctx)
        if row["timeline_version"] == version
    ]
    st.dataframe(rows, hide_index=True, width="stretch", height="content", alt="Who has signed, clinic by clinic")


def _state(row: dict[str, Any]) -> str:
    if row["is_signed"]:
        return "● signed"
    return "◐ changed since it was signed" if row["is_lapsed"] else "○ not signed"


def content(ctx: Context, version: str) -> None:
    """Every row that is signed, with its values, how it is known and its source; and the hash of all of them."""
    rows = ctx.ask("protocol/row_by_timeline", timeline_version=version)
    counts = Counter(rows["how_known"])
    known = " · ".join(f"{count} {plain(word)}" for word, count in counts.most_common())
    st.markdown(f"**{len(rows)} rows**, each with its source: {known}")
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        parts = [ALL, *dict.fromkeys(rows["part"])]
        part = st.selectbox("Part", parts, key="protocol_part", label_visibility="collapsed", width=220)
        only = st.toggle("Only what isn't published", key="protocol_unpublished")
        if ui.allowed(ctx, "view_reference"):  # who may not has no such page to go to
            st.page_link(REFERENCE, label="The same as charts: Reference")
    shown = rows[((rows["part"] == part) | (part == ALL)) & ~(rows["is_published"] & only)]
    st.dataframe(
        shown,
        hide_index=True,
        height=430,
        column_order=["part", "label", "says", "how_known", "source"],
        column_config={
            "part": st.column_config.TextColumn("Part", width=110),
            "label": st.column_config.TextColumn("What", width=230),
            "says": st.column_config.TextColumn("Says", width=520),
            "how_known": st.column_config.TextColumn("How known", width=110),
            "source": st.column_config.TextColumn("Source", width=360),
        },
        alt="Every row that is signed with this timeline",
    )
    st.markdown(f":small[:gray[Hash of what is signed: {digest(ctx, version)}]]")


def digest(ctx: Context, version: str) -> str:
    """The hash of what the timeline says today."""
    return next(str(row["content_digest"]) for row in signed.standing(ctx) if row["timeline_version"] == version)


def form(ctx: Context, version: str) -> None:
    """The form that signs: nothing in it is filled in, and it signs only what is shown above it."""
    said = st.session_state.pop(_SAID, None)
    if said:
        (st.success if said["done"] else st.error)(plain(said["words"]))
    if not ui.allowed(ctx, SIGN):
        st.caption("A specialist who has read all of it can sign it here.")
        return
    open_to = {row["clinic_id"]: row["clinic"] or EVERY for row in _signable(ctx, version)}
    if not open_to:
        st.caption("Signed for every clinic that you may sign for. To sign anew, withdraw the signature first.")
        return
    st.subheader("Sign it", anchor=False)
    if ctx.store.synthetic:
        st.caption("A store of made-up patients: a signature here is for trying it out.")
    st.text_input("Your full name", key="protocol_name", max_chars=protocol.LONGEST, autocomplete="off", width=480)
    st.text_input("Your role", key="protocol_title", max_chars=protocol.LONGEST, autocomplete="off", width=480)
    st.multiselect(
        "For which clinics", list(open_to), format_func=lambda one: open_to[one], key="protocol_clinics", width=480
    )
    st.checkbox(
        "I have read every row above. I take it as the timeline by which recovery is judged at these clinics.",
        key="protocol_read",
    )
    st.button("Sign", type="primary", key="protocol_sign", on_click=_sign, args=(version, digest(ctx, version)))


def _signable(ctx: Context, version: str) -> list[dict[str, Any]]:
    rows = [row for row in signed.standing(ctx) if row["timeline_version"] == version and not row["is_signed"]]
    return [row for row in rows if row["clinic_id"] is not None or ctx.clinics is None]


def _sign(version: str, shown: str) -> None:
    ctx = ui.context()
    ui.require(ctx, SIGN)
    name, title, clinics, has_read = (st.session_state.get(field) for field in _FIELDS)
    if not has_read:
        _say(False, "Nothing was signed. Tick that you have read every row.")
        return
    try:
        protocol.sign(
            ctx.present, on_record.actor(ctx), version, name or "", title or "",
            clinics=clinics or (), allowed=ctx.clinics, digest=shown,
        )  # fmt: skip
    except PlumblineError as refused:
        _say(False, str(refused))
        return
    st.session_state.update(dict(zip(_FIELDS, ("", "", [], False), strict=True)))
    _say(True, f"{version} is signed, and that is on record.")


def _say(done: bool, words: str) -> None:
    st.session_state[_SAID] = {"done": done, "words": words}


def given(ctx: Context, version: str) -> None:
    """Every signature ever given to this timeline, and the way to take one back."""
    zone = instant.zone_of(ctx.present)
    rows = ctx.arrow("protocol/signature_by_start").to_pylist()
    rows = [row for row in rows if row["timeline_version"] == version]
    if not rows:
        return
    names = {row["clinic_id"]: row["clinic"] for row in signed.standing(ctx)}
    st.subheader("Every signature", anchor=False)
    shown = [
        {
            "Signed by": f"{row['signed_name']} · {row['signed_title']}",
            "For": names.get(row["clinic_id"]) or row["clinic_id"] or EVERY,
            "When": instant.words(row["signed_at"], zone),
            "Account": row["recorded_by"],
            "Counts": "● yes" if row["counts"] else "○ withdrawn" if row["retracted_at"] else "◐ no, it changed since",
            "Why withdrawn": row["retracted_why"] or "",
            "Hash": row["content_digest"][:12],
        }
        for row in rows
    ]
    st.dataframe(shown, hide_index=True, width="stretch", height="content", alt="Every signature of this timeline")
    standing = {row["protocol_signature_id"]: _named(row, names) for row in rows if row["retracted_at"] is None}
    if standing and ui.allowed(ctx, SIGN):
        with st.popover("Withdraw a signature"):
            st.selectbox("Which", list(standing), format_func=lambda one: standing[one], key="protocol_which")
            st.text_input("Why", key="protocol_why", max_chars=protocol.LONGEST, autocomplete="off")
            st.button("Withdraw", key="protocol_withdraw", on_click=_withdraw)


def _named(row: dict[str, Any], names: dict[str | None, Any]) -> str:
    return f"{row['signed_name']}, {names.get(row['clinic_id']) or row['clinic_id'] or EVERY}"


def _withdraw() -> None:
    ctx = ui.context()
    ui.require(ctx, SIGN)
    which, why = st.session_state.get("protocol_which"), st.session_state.get("protocol_why") or ""
    try:
        protocol.withdraw(ctx.present, on_record.actor(ctx), str(which), why, allowed=ctx.clinics)
    except PlumblineError as refused:
        _say(False, str(refused))
        return
    st.session_state["protocol_why"] = ""
    _say(True, "The signature is withdrawn, and that is on record.")
