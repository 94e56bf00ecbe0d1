"""The filters that narrow every group of a comparison alike, so that the groups differ in one thing alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from plumbline.cohorts import Definition, DefinitionError
from plumbline.cohorts.filters import Filter, known
from plumbline.web.cohorts import data
from plumbline.web.cohorts.asked import Asked
from plumbline.web.ui import Context, plain

_YES_NO = {True: "with", False: "without"}
_SAME = {"year": "performed_on"}  # the filter that a way of comparing is made of, where it has another name


def draw(ctx: Context, asked: Asked, turn: int) -> Asked:
    """Every filter but the one that the groups are made of. A range that can't be is said, and not taken."""
    st.markdown("**Who is in, of every group**")
    now = asked.shared.filters
    own = _SAME.get(asked.by, asked.by)
    found: dict[str, Any] = {}
    for name, told in known().items():
        if name == own:
            continue
        value = _FIELDS[told.kind](ctx, told, now.get(name), f"cohorts_in_{turn}_{name}")
        if value not in (None, [], {}):
            found[name] = value
    try:
        return replace(asked, within=Definition.of(found).text)
    except DefinitionError as wrong:
        st.warning(str(wrong))
        return asked


def _one_of(ctx: Context, told: Filter, now: Any, key: str) -> Any:
    labels = data.options(ctx).get(told.name, {})
    offered = list({**labels, **dict.fromkeys(now or [])})
    if not offered:
        return None
    return st.multiselect(
        plain(told.label), offered, default=now or [], format_func=lambda one: labels.get(one, one), key=key,
        placeholder="All", help=told.meaning,
    )  # fmt: skip


def _range(_ctx: Context, told: Filter, now: Any, key: str) -> Any:
    found = {}
    with st.container(horizontal=True, gap="small"):
        for end, said in (("from", f"{told.label} from"), ("to", "to")):
            value = (now or {}).get(end)
            given = st.number_input(
                f"{said}{f', {told.unit}' if told.unit and end == 'from' else ''}", step=float(told.step or 1),
                value=None if value is None else float(value), key=f"{key}_{end}", width=170, format="%g",
                placeholder="any",
            )  # fmt: skip
            if given is not None:
                found[end] = given
    return found


def _dates(_ctx: Context, told: Filter, now: Any, key: str) -> Any:
    found = {}
    with st.container(horizontal=True, gap="small"):
        for end, said in (("from", f"{told.label} from"), ("to", "to")):
            value = (now or {}).get(end)
            given = st.date_input(
                said, value=None if value is None else date.fromisoformat(value), key=f"{key}_{end}", width=170,
                format="DD/MM/YYYY",
            )  # fmt: skip
            if given is not None:
                found[end] = given
    return found


def _yes_no(_ctx: Context, told: Filter, now: Any, key: str) -> Any:
    return st.segmented_control(
        plain(told.label), list(_YES_NO), default=now, format_func=lambda one: _YES_NO[one], key=key, help=told.meaning
    )


_FIELDS = {"one_of": _one_of, "range": _range, "dates": _dates, "yes_no": _yes_no}
