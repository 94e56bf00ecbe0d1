"""The lower part of the Cohorts page: can the comparison be trusted?"""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from plumbline.compare import tables
from plumbline.compare.behind import Mark
from plumbline.compare.tables import Table
from plumbline.web.cohorts.data import Drawn, Found
from plumbline.web.cohorts.view import chart
from plumbline.web.ui import Context, plain

_ROWS = 18  # a longer table scrolls


def answers(ctx: Context, known: Found, charts: dict[str, Drawn]) -> Mark | None:
    """What the missing answers could change, and who answered; gives the mark that was clicked."""
    st.header("Can we trust it?", anchor=False, divider="gray")
    left, right = st.columns(2, gap="medium")
    with left:
        chart(ctx, known, charts["tipping"])
        st.markdown(plain(known.comparison.missing.words))
    with right:
        return chart(ctx, known, charts["answered"])


def alike(ctx: Context, known: Found, charts: dict[str, Drawn]) -> None:
    """How alike the groups were before, and who answered against who didn't."""
    pairs = [drawn for name, drawn in charts.items() if name.startswith("balance_")]
    for turn in range(0, len(pairs) + 1, 2):
        left, right = st.columns(2, gap="medium")
        for place, column in ((turn, left), (turn + 1, right)):
            with column:
                if place < len(pairs):
                    chart(ctx, known, pairs[place])
                elif place == len(pairs):
                    table(known, "nonresponse")


def everything(known: Found) -> None:
    """Everything that was looked at, answers by clinic and surgeon, and what a reader must know."""
    table(known, "looked")
    with st.expander("Answered of due, by clinic and surgeon"):
        table(known, "units", has_title=False)
    studies = sorted({f"{one.study}: {one.citation}" for one in known.comparison.published})
    if studies:
        with st.expander("Published figures in the curve"):
            st.markdown("\n".join(f"- {plain(one)}" for one in studies))
    st.markdown("  \n".join(f":small[:gray[{plain(note)}]]" for note in known.comparison.notes))


def table(known: Found, name: str, *, has_title: bool = True) -> None:
    """One table of the comparison, in words."""
    made = _made(name, known.comparison)
    if has_title:
        st.subheader(plain(made.title), anchor=False)
    if not made.rows:
        st.markdown(":gray[Nothing to list.]")
        return
    st.dataframe(
        _frame(made), hide_index=True, height="content" if len(made.rows) <= _ROWS else 420, alt=made.title,
        key=f"cohorts_table_{name}_{known.mark}",
    )  # fmt: skip
    if made.note:
        st.markdown(f":small[:gray[{plain(made.note)}]]")


def _made(name: str, comparison: Any) -> Table:
    found: Table = getattr(tables, name)(comparison)
    return found


@cache
def _frame(made: Table) -> pd.DataFrame:
    return pd.DataFrame(list(made.rows), columns=list(made.columns))
