"""From a clinic on the Clinics page to Cohorts, where it stands against all others; and back.

Not of surgeons: both pages say in their address by what, each in its own words, and leaving one takes it out.
"""

from __future__ import annotations

import streamlit as st

from plumbline import sql
from plumbline.clinics import words
from plumbline.clinics.model import View
from plumbline.visits import visit_words
from plumbline.web.cohorts import data as cohorts_data
from plumbline.web.cohorts.asked import Asked
from plumbline.web.ui import Context, allowed, plain
from plumbline.web.worklist.view import when

COHORTS, CLINICS = (sql.ROOT / "pages" / f"{name}.py" for name in ("cohorts", "clinics"))


def to_cohorts(ctx: Context, view: View, unit: str, name: str) -> None:
    """A link to the comparison of the clinic that is followed with all others, at the same visit."""
    if unit and view.by == "clinic" and allowed(ctx, "view_cohorts"):
        asked = {"by": view.by, "group": unit, "visit": view.visit, **when(ctx)}
        st.page_link(COHORTS, label=f"{plain(name)} against all others", icon=":material/groups:", query_params=asked)


def to_clinics(ctx: Context, asked: Asked) -> None:
    """A link to the months and the funnel of the group that is compared, where that is a clinic."""
    labels = cohorts_data.options(ctx).get("clinic", {})
    if asked.by != "clinic" or asked.group not in labels or not allowed(ctx, "view_clinics"):
        return
    name = words.shortest(list(labels.values()))[labels[asked.group]]
    shown = {"of_clinic": name, **when(ctx)}
    if asked.visit in words.VISITS:
        shown["at"] = visit_words(asked.visit)
    st.page_link(CLINICS, label=f"{plain(name)} month by month", icon=":material/timeline:", query_params=shown)
