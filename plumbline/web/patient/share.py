"""Sharing on the Patient page: make a link for the patient, see what became of each, take one back."""

from __future__ import annotations

import base64
import secrets
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from typing import Any

import segno
import streamlit as st

from plumbline import report
from plumbline.errors import PlumblineError
from plumbline.sharing import links
from plumbline.sharing.limits import number, words
from plumbline.web import downloads, instant, on_record, ui
from plumbline.web.patient.entry import who
from plumbline.web.server import serving
from plumbline.web.text import plain
from plumbline.web.ui import Context

SHARE, REVOKE = "share_link", "revoke_link"
ICONS = {"open": ":material/link:", "locked": ":material/lock:", "expired": ":material/schedule:"}
GONE_ICON = ":material/link_off:"
_MADE = "plumbline_made_link"  # what was just made, until the dialog is closed
_TOLD = "plumbline_share_told"


def button(ctx: Context, course: dict[str, Any]) -> None:
    """The button that opens the dialog; nothing for who may make no link."""
    st.session_state.pop(_MADE, None)
    st.session_state.pop(_TOLD, None)
    if not ui.has_action(ctx, SHARE):
        return
    past = ctx.known_at is not None
    why = "You are looking at what was known in the past: go back to now to share it." if past else None
    if st.button("Share with patient", key="share", shortcut="P", type="tertiary", disabled=past, help=why):
        title = f"Share with {who(course)}"
        st.dialog(title, width="medium", on_dismiss="rerun")(partial(_share, course, secrets.token_hex(4)))()


def _share(course: dict[str, Any], opened: str) -> None:
    ctx = ui.context()
    ui.require(ctx, SHARE)
    made = st.session_state.get(_MADE)
    if made:
        _show(made)
    else:
        _form(ctx, course, opened)
    _list(ctx, course)


def _form(ctx: Context, course: dict[str, Any], opened: str) -> None:
    """Who holds the link, for how long, and what it asks for."""
    st.markdown("The link shows the patient their own recovery in plain words, and nothing else.")
    holder = st.segmented_control(
        "Who will hold it?", list(words("holder")), default="patient", required=True, key=f"{opened}:holder",
        format_func=lambda one: words("holder")[one].capitalize(),
    )  # fmt: skip
    factor = st.segmented_control(
        "What does it ask for?", list(words("factor")), default="birth", required=True, key=f"{opened}:factor",
        format_func=lambda one: words("factor")[one].capitalize(),
        help="So that a lost paper opens nothing. The code is shown once: tell it by phone or in person, never with "
        "the link.",
    )  # fmt: skip
    days_open = st.number_input(
        "For how many days?", 1, number("longest_days"), number("default_days"), key=f"{opened}:days", width=160
    )
    has_paper = st.checkbox("They may print or save a copy", value=True, key=f"{opened}:paper")
    if problem := st.session_state.pop(f"{opened}:problem", None):
        st.error(plain(problem))
    if st.button("Make the link", type="primary", key=f"{opened}:make"):
        try:
            ui.require(ctx, SHARE)
            st.session_state[_MADE] = links.create(
                ctx.present, on_record.actor(ctx), course["patient_id"], holder=holder, factor=factor,
                days_open=int(days_open), has_paper=has_paper, clinics=ctx.clinics,
            )  # fmt: skip
        except PlumblineError as error:
            st.session_state[f"{opened}:problem"] = str(error)
        st.rerun(scope="fragment")


def _show(made: links.Made) -> None:
    """The new link, once: to read, to copy, to scan."""
    address = serving.address() + made.path
    said = "**The link is made.** It is shown only now: copy it, or let the patient scan it."
    st.success(said, icon=":material/check_circle:")
    picture, beside = st.columns([1, 1.6], gap="medium", vertical_alignment="center")
    with picture:
        drawn = base64.b64encode(_square(address)).decode()  # a picture that needs no request
        st.markdown(f"![The link as a QR code](data:image/svg+xml;base64,{drawn})")
    with beside:
        st.code(address, language=None, wrap_lines=True)
        if made.code:
            st.markdown("Tell them this code by phone or in person. It is not kept, and stands nowhere else.")
            st.code(f"{made.code[:3]} {made.code[3:]}", language=None)
        else:
            st.markdown("It asks for the **date of birth**: day, month, year.")
        here = " On this machine only, as nobody signs in here." if serving.sessions() is None else ""
        st.caption(f"It works until {_day(made.expires_at)}.{here}")
        downloads.button(
            ui.context(), "Print for the patient", action=SHARE, name="recovery-link.pdf", key="print_link",
            build=partial(_printed, address, "code" if made.code else "birth", _local(made.expires_at).date()),
            about=("link", made.link_id),
        )  # fmt: skip


def _list(ctx: Context, course: dict[str, Any]) -> None:
    """Every link of the patient, the newest first."""
    rows = links.listed(ctx.present, patient_id=course["patient_id"], clinics=ctx.clinics)
    st.subheader("Links so far", anchor=False)
    if told := st.session_state.pop(_TOLD, None):
        st.markdown(told)
    if not rows:
        st.caption("None yet.")
    for row in rows:
        is_live = row["state"] in {"open", "locked"}
        said, does = st.columns([5, 1], vertical_alignment="center", gap="small")
        icon, state = ICONS.get(row["state"], GONE_ICON), words("state")[row["state"]].capitalize()
        said.markdown(f"{icon} **{state}** · {words_of(row)}")
        if is_live and ui.allowed(ctx, REVOKE):
            args = (row["link_id"],)
            does.button("Take back", key=f"revoke:{row['link_id']}", on_click=revoke, args=args, width="stretch")


def words_of(row: dict[str, Any]) -> str:
    """What became of a link, escaped."""
    times = {0: "never opened", 1: "opened once"}.get(row["opens"], f"opened {row['opens']} times")
    last = f", last {_moment(row['last_opened'])}" if row["last_opened"] else ""
    wrong = f"{row['failures']} wrong {'try' if row['failures'] == 1 else 'tries'}"
    parts = [f"made {_day(row['created_at'])} by {plain(row['created_by'])} for {words('holder')[row['holder']]}"]
    parts += [f"asks for the {words('factor')[row['factor']]}", times + last]
    parts += [wrong] if row["failures"] else []
    parts += {
        "open": [f"until {_day(row['expires_at'])}"],
        "locked": ["make a new one if they still need it"],
        "revoked": [f"taken back {_day(row['revoked_at'] or row['expires_at'])}"],
        "expired": [f"ended {_day(row['expires_at'])}"],
    }[row["state"]]
    return " · ".join(parts)


def revoke(link_id: str) -> None:
    """Take a link back."""
    ctx = ui.context()
    ui.require(ctx, REVOKE)
    try:
        links.revoke(ctx.present, on_record.actor(ctx), link_id, clinics=ctx.clinics)
    except PlumblineError as error:
        st.session_state[_TOLD] = plain(error)
        return
    st.session_state[_TOLD] = "Taken back: whoever had it open is out."


def _local(when: datetime) -> datetime:
    return instant.local(when.replace(tzinfo=UTC), instant.zone_of(serving.store()))


def _day(when: datetime) -> str:
    return f"{_local(when):%-d %b %Y}"


def _moment(when: datetime) -> str:
    return f"{_local(when):%-d %b, %H:%M}"


def _square(address: str) -> bytes:
    """The address as a QR code, SVG; black on white in the dark, too, as cameras want it."""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=4, border=4, light="#ffffff", dark="#000000")
    return drawn.getvalue()


def _printed(address: str, factor: str, until: date, _ctx: Context) -> bytes:
    return report.handout_pdf(address, _square(address).decode(), factor, until)
