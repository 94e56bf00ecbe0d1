"""The frame of every page: who asks, as of which day, what they may see, and what stands above and below."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import streamlit as st

from plumbline import audit
from plumbline.errors import NotAllowed, PlumblineError
from plumbline.known import PastStore
from plumbline.status import refuse_to_come as not_to_come
from plumbline.store import Store
from plumbline.turns import MAY_WRITE
from plumbline.web import account_menu, cache, instant, signed, who
from plumbline.web.asking import Context
from plumbline.web.server import serving
from plumbline.web.text import plain

__all__ = [
    "Context",
    "context",
    "footer",
    "go_to_day",
    "go_to_instant",
    "page",
    "plain",
    "refuse_to_come",
    "require",
    "top_bar",
]

HERE = Path(__file__).parent
ASSETS = HERE / "assets"
_AS_OF = "plumbline_as_of"
_PASSED_ON = {"view_cohorts", "view_clinics"}  # pages whose address is a link for others


def page(title: str, action: str) -> Context:
    """Begin a page: title in the browser, and the guard. Raises NotAllowed where the role lacks the action."""
    st.set_page_config(page_title=f"{title} · Plumbline", page_icon=str(ASSETS / "icon.svg"), layout="wide")
    st.session_state[instant.ACTION] = action
    require(_at_present(), action)  # before any past is worked out
    try:
        ctx = context()
    except instant.WrongInstant as wrong:
        st.error(str(wrong))
        st.button("Back to now", on_click=back_to_now, args=(action,))
        st.stop()
    require(ctx, action)
    _banner(ctx, action)
    if action in _PASSED_ON:  # going back from a patient leaves that one in the address
        st.query_params.pop("episode", None)
    return ctx


def require(ctx: Context, action: str) -> None:
    """Let only a role with this action go on; pages, fragments, callbacks and downloads all call it.

    Raises NotAllowed, and where people sign in puts on record what they asked for.
    """
    if _would_change_the_past(ctx, action):
        raise NotAllowed("The past can't be changed: nothing was stored. Go back to now, and enter it there.")
    if not has_action(ctx, action):
        if ctx.session and (found := serving.session(ctx.session)):
            audit.record(ctx.present, "access_denied", found.actor, ("action", action), result="refused")
        raise NotAllowed(f"The role {who.words(ctx.role)} doesn't include this page. Choose another page above.")


def context(*, of_all: bool = False) -> Context:
    """Who is asking, as of which day and as known at which instant, worked out afresh for each run.

    `of_all`: on the Patient page, too, the past is that of everybody. Raises WrongInstant.
    """
    now = _at_present()
    if now.patient_id is not None:  # a patient sees today, as it is known now
        return now
    seen = instant.view_of(now.store, of_all=of_all, clinics=now.clinics)
    return replace(now, store=seen, as_of=_as_of(seen))


def _at_present() -> Context:
    """Who is asking, of the store as it is now, as of today. From here on this run writes only while they are in."""
    asks, store = who.asks(), serving.store()
    MAY_WRITE.set(who.still_in(asks.session) if asks.session else None)
    theme = st.context.theme.type or "light"
    return Context(
        store, serving.mode(), asks.role, today(store), theme, asks.user, asks.clinics, asks.session, asks.patient_id
    )


def allowed(ctx: Context, action: str) -> bool:
    """Whether the role has the action, for what a page shows or leaves out; nothing is entered into the past."""
    return has_action(ctx, action) and not _would_change_the_past(ctx, action)


def has_action(ctx: Context, action: str) -> bool:
    """Whether the role has the action at all, for what is drawn but switched off in the past."""
    return (ctx.role, action) in _permissions(ctx.present)


def actions() -> frozenset[str]:
    """What whoever asks may do, for the navigation; each page guards itself all the same."""
    role = who.asks().role
    return frozenset(action for one, action in _permissions(serving.store()) if one == role)


def refuse_to_come(ctx: Context, action: str) -> None:
    """End a page of figures of groups where the address asks for a day to come, and offer today."""
    if ctx.as_of <= today(ctx.present):  # known without asking the store
        return
    try:
        not_to_come(ctx.present.cursor(), ctx.as_of)
    except PlumblineError as told:
        st.info(str(told))
        st.button("Back to today", on_click=_back_to_today, args=(action,))
        footer(ctx)
        st.stop()


def _back_to_today(action: str) -> None:
    require(_at_present(), action)
    go_to_day(None)


def _would_change_the_past(ctx: Context, action: str) -> bool:
    """Every action that isn't to view or to export something is to enter something."""
    return ctx.known_at is not None and not action.startswith(("view_", "export_"))


def _permissions(store: Store) -> frozenset[tuple[str, str]]:
    def make() -> frozenset[tuple[str, str]]:
        rows = cache.shared().arrow(store, "web/action_by_role").to_pylist()
        return frozenset((row["role"], row["action"]) for row in rows)

    return cache.shared().made(store, "web/permissions", make)


def _as_of(store: Store) -> date:
    """The day in the address; else the one chosen before in this session, written back; else today."""
    for given in (st.query_params.get("as_of"), st.session_state.get(_AS_OF)):
        try:
            chosen = date.fromisoformat(given or "")
        except ValueError:
            continue
        go_to_day(chosen)
        return chosen
    return today(store)


def go_to_day(day: date | None) -> None:
    """Look at another day from the next run on, kept in the address; None goes back to today."""
    if day is None:
        st.session_state.pop(_AS_OF, None)
        st.query_params.pop("as_of", None)
        return
    st.session_state[_AS_OF] = day.isoformat()
    if st.query_params.get("as_of") != day.isoformat():
        st.query_params["as_of"] = day.isoformat()


def today(store: Store) -> date:
    """Today in the clinics' time zone when they share one, else on this machine; for a view of the past, its day."""
    now = store.instant if isinstance(store, PastStore) else datetime.now(UTC)
    return instant.local(now, instant.zone_of(store)).date()


def back_to_now(action: str) -> None:
    """Leave the past: everything is shown as it is known now, as of today."""
    go_to_instant(None)
    require(context(), action)


def go_to_instant(text: str | None) -> None:
    """Look at what was known at another instant, as of its own day; None goes back to now."""
    instant.go_to(text)
    go_to_day(None)


def _banner(ctx: Context, action: str) -> None:
    """Above everything that isn't shown as it is known now."""
    if ctx.known_at is None:
        return
    said = instant.words(ctx.known_at, instant.zone_of(ctx.present))
    with st.container(key="known_at", horizontal=True, vertical_alignment="center", gap="small"):
        words = f":material/history: **As known on {said}.** What was recorded later is not shown."
        st.markdown(words, width="content")
        st.button("Back to now", key="back_to_now", on_click=back_to_now, args=(action,))


def top_bar() -> None:
    """The logo, and in the demo the mark and the role picker; drawn by the entry script, above every page."""
    store = serving.store()
    st.html(HERE / "style.css")
    st.logo(ASSETS / f"logo_{st.context.theme.type or 'light'}.svg", size="medium")
    found = who.asks()
    signed_in = serving.sessions() is not None and found.patient_id is None
    if not store.synthetic and not signed_in:
        return
    with st.container(
        key="topbar", horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"
    ):
        if store.synthetic:
            st.badge("Made-up patients", color="gray")
        if signed_in:
            account_menu.draw(who.signed_in())
        elif serving.mode() == "demo" and found.patient_id is None:
            offered = who.roles(store)
            st.selectbox(
                "Role",
                offered,
                index=offered.index(who.picked(store)),
                key=who.ROLE,
                format_func=lambda role: who.words(role).capitalize(),
                label_visibility="collapsed",
                width=170,
            )


def footer(ctx: Context) -> None:
    """What this is not, and what is still unsigned; the last thing on every page."""
    lines = ["Shows the expected course after the procedure. Not a medical device, and not an emergency channel."]
    if ctx.store.synthetic:
        lines.append("All patients here are made up.")
    unsigned = signed.words(ctx) if ctx.patient_id is None else ""  # that is for whoever treats them
    st.caption(" ".join(filter(None, [*lines, unsigned])))
