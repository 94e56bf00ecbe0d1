"""The table of accounts, and the forms by which an admin lets somebody in, changes a role or closes an account."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import streamlit as st

from plumbline.access import accounts as access
from plumbline.errors import NotAllowed, PlumblineError
from plumbline.web import on_record, who
from plumbline.web.server import modes, serving
from plumbline.web.ui import Context, allowed, context, plain, require

MANAGE = "manage_users"
EVERY = "Every clinic"
_SAID = "users_said"
_OWN = "This is your own account: another admin, or the command line, changes it."
_TEXT = st.column_config.TextColumn
_COLUMNS = {
    "account_id": _TEXT("Account"), "role": _TEXT("Role"), "clinics": _TEXT("Clinics"), "state": _TEXT("State"),
    "open": st.column_config.NumberColumn("Signed in", help="In how many browsers at this moment"),
    "seen_at": st.column_config.DatetimeColumn("Last seen, UTC", format="D MMM YYYY, HH:mm"),
}  # fmt: skip
_IDENTITY = {"issuer": _TEXT("Issuer"), "subject": _TEXT("Subject")}


def accounts(ctx: Context) -> list[dict[str, Any]]:
    """The accounts that whoever asks may see, as they are now, with where each is signed in."""
    known = serving.sessions()
    with closing(ctx.present.cursor()) as cursor:
        rows = access.accounts(cursor, ctx.clinics)
    for row in rows:
        row["open"] = known.count(row["account_id"]) if known else 0
    return rows


def summary(ctx: Context, rows: list[dict[str, Any]]) -> str:
    """How many there are, and how one gets in."""
    closed = sum(row["is_disabled"] for row in rows)
    how = "A changed account is signed out everywhere at once. Nothing that its person entered is lost."
    if serving.sessions() is None:
        how = "Nobody signs in here: accounts count once Plumbline is started in mode oidc or proxy."
    whose = "" if ctx.clinics is None else " that see one of your clinics"
    return f"**{len(rows) - closed}** open, {closed} closed{whose}. {how}"


def table(ctx: Context, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """One row an account; an admin chooses one to change it."""
    if said := st.session_state.pop(_SAID, None):
        st.success(said)
    if not rows:
        st.markdown("Nobody has an account yet.")
        return None
    manages = allowed(ctx, MANAGE)
    shown = [
        row
        | {
            "role": who.words(row["role"]),
            "clinics": EVERY if row["clinics"] is None else ", ".join(row["clinics"]),
            "state": "■ closed" if row["is_disabled"] else "● open",
        }
        for row in rows
    ]
    columns = _COLUMNS | (_IDENTITY if manages else {})
    listed = [{name: row[name] for name in columns} for row in shown]
    if not manages:
        st.dataframe(listed, hide_index=True, width="stretch", column_config=columns, placeholder="never")
        return None
    picked = st.dataframe(
        listed, hide_index=True, width="stretch", column_config=columns, key="users_table", on_select="rerun",
        selection_mode="single-row", placeholder="never",
    ).selection.rows  # fmt: skip
    if not picked:
        st.caption("Choose a row to change or close an account.")
    return rows[picked[0]] if picked else None


def add_button(ctx: Context) -> None:
    """Let somebody in."""
    if st.button("Add an account", type="primary", width="stretch"):
        _add(ctx)


@st.dialog("Add an account")
def _add(ctx: Context) -> None:
    require(context(), MANAGE)
    account = st.text_input("Account", placeholder="m.meier", help="A short name: entries are recorded by it.")
    subject = st.text_input("Subject", help="The provider's key for the person. Who has no account yet is told theirs.")
    issuer = st.text_input("Issuer", _issuer(), help="Who vouches for the person.")
    role, clinics = _rights(ctx, "add", None)
    if st.button("Let in", type="primary"):
        _save("add", account, role, clinics, issuer, subject)
        st.rerun()


def change(ctx: Context, row: dict[str, Any]) -> None:
    """Another role, other clinics, or closed."""
    account = row["account_id"]
    with st.container(border=True):
        st.subheader(plain(account), anchor=False)
        if account == ctx.user:
            st.markdown(_OWN)
            return
        _rights(ctx, account, row)
        with st.container(horizontal=True, gap="small"):
            words = "Open again" if row["is_disabled"] else "Save"
            st.button(words, type="primary", on_click=_save, args=("change", account), key="users_save")
            if not row["is_disabled"]:
                st.button("Close the account", on_click=_save, args=("close", account), key="users_close")


def _rights(ctx: Context, key: str, row: dict[str, Any] | None) -> tuple[str, list[str]]:
    """The role, and the clinics: none chosen, nothing may be saved; every clinic is chosen like one of them."""
    roles = access.roles()
    with closing(ctx.present.cursor()) as cursor:
        known = access.clinics(cursor)
    held = [EVERY] if row and row["clinics"] is None else list((row or {}).get("clinics") or ())
    role = st.selectbox(
        "Role", roles, index=roles.index(row["role"]) if row else None, format_func=who.words, key=f"users_role_{key}"
    )
    clinics = st.multiselect(
        "Clinics", list(dict.fromkeys([EVERY, *known, *held])), default=held, accept_new_options=True,
        key=f"users_clinics_{key}",
        help="Those whose patients it may see. One that has no patients yet can be typed.",
    )  # fmt: skip
    return role or "", clinics


def _issuer() -> str:
    try:
        return modes.issuer_asked()
    except PlumblineError:
        return ""


def _save(what: str, account: str, role: str = "", clinics: list[str] | None = None, *identity: str) -> None:
    """Do what was chosen, in the name of whoever is signed in; a refusal is said and changes nothing."""
    ctx = context()
    require(ctx, MANAGE)
    if what == "change":  # as they are at this click, not as they were drawn
        role = st.session_state.get(f"users_role_{account}") or ""
        clinics = st.session_state.get(f"users_clinics_{account}") or []
    by, store = on_record.actor(ctx), ctx.present
    scope = None if EVERY in (clinics or ()) else tuple(clinics or ())
    if account == ctx.user:
        raise NotAllowed(_OWN)
    if what == "add":
        issuer, subject = identity
        access.add(
            store, by, account.strip(), issuer=issuer.strip(), subject=subject.strip(), role=role, clinics=scope,
            within=ctx.clinics,
        )  # fmt: skip
        said = f"{account} may come in."
    elif what == "change":
        access.change(store, by, account, role, scope, within=ctx.clinics)
        whose = ", ".join(scope or (EVERY.lower(),))
        said = f"{account} is {who.words(role)} for {whose} now, and signed out everywhere."
    else:
        access.disable(store, by, account, within=ctx.clinics)
        said = f"{account} is closed, and signed out everywhere."
    st.session_state[_SAID] = plain(said)
