"""Who sees counts and no patients chooses among few days: elsewhere single patients could be told from two of them."""

from __future__ import annotations

from datetime import datetime, time

import streamlit as st

from plumbline.cohorts import days
from plumbline.cohorts.days import TooFine
from plumbline.web import instant, ui
from plumbline.web.ui import Context, context, footer, go_to_day, go_to_instant, plain, require

LIST = "view_cohort_list"
_LAST = time(23, 59)  # an instant is as fine as a day: the last minute of one that may be chosen


def check(ctx: Context, action: str) -> None:
    """Guard figures of groups: the action, and the day and the instant that they are of. Raises NotAllowed, TooFine.

    Those who may list the patients choose any day: what two of them tell apart they may open anyway.
    """
    require(ctx, action)
    if ui.has_action(ctx, LIST):
        return
    last = ui.today(ctx.store)
    if ctx.known_at is not None:
        now, then = ui.today(ctx.present), instant.local(ctx.known_at, instant.zone_of(ctx.present))
        if then.replace(tzinfo=None) != datetime.combine(last, _LAST) or last == now or not days.is_open(last, now):
            raise TooFine(days.nearest(last, now), now, f"{_LAST:%H:%M}")
    if not days.is_open(ctx.as_of, last):
        raise TooFine(days.nearest(ctx.as_of, last), last)


def stop_where_too_fine(ctx: Context, action: str) -> None:
    """Before anything of a page is drawn: say which day may be looked at, lead there, and end the run."""
    try:
        check(ctx, action)
    except TooFine as told:
        st.info(plain(str(told)))
        with st.container(horizontal=True, gap="small"):
            if not told.is_today:
                st.button(f"Show {told.nearest:%-d %b %Y}", type="primary", on_click=_go, args=(action, told))
            st.button("Show today", on_click=_go, args=(action, None))
        footer(ctx)
        st.stop()


def _go(action: str, told: TooFine | None) -> None:
    require(context(), action)
    if told is None:
        go_to_instant(None)
    elif told.at:
        go_to_instant(f"{told.nearest}T{told.at}")
    else:
        go_to_day(told.nearest)
