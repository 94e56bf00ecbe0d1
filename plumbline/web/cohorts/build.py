"""The first row of the Cohorts page: which groups, by which outcome, and who is in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from plumbline.charts.compare_base import SIGNS
from plumbline.cohorts import words
from plumbline.web.cohorts import asked as asking
from plumbline.web.cohorts import data, filters, saved
from plumbline.web.cohorts.asked import BY, MOST_AGAINST, Asked
from plumbline.web.cohorts.data import Found
from plumbline.web.ui import Context, context, plain, require

_MORE, _LABEL = "cohorts_more", "cohorts_label"
_USUAL = ("clinic", "surgeon", "year")  # to begin with: the first by which there are two groups


def row(ctx: Context) -> tuple[Asked, Any]:
    """Draw it; gives what is asked, which stands in the address from now on, and the place for how many that is."""
    asked, turn = asking.current()
    offered = _offered(ctx)
    asked = _begun(asked, offered)
    with st.container(border=True, key="cohort_builder"):
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="cohort_row"):
            asked = _groups(asked, offered, turn)
            asked = _popover(ctx, asked, offered, turn)
        place = st.empty()
    asking.keep(asked)
    return asked, place


def begin_anew() -> None:
    """Forget an address that can't be answered."""
    require(context(), data.VIEW)
    asking.forget()


def live(ctx: Context, place: Any, asked: Asked, known: Found) -> None:
    """How many are in each group, what narrows all of them, and as of when; under the row, as everything changes."""
    told = []
    for cohort in known.comparison.groups:
        count = "few (hidden)" if cohort.episodes is None else f"{cohort.episodes:,} procedures"
        told.append(f"{SIGNS[cohort.key]} **{plain(cohort.name)}** {count}")
    names = data.options(ctx).get("clinic", {})
    within = words(asked.shared, names) if asked.shared.filters else "no other filters"
    told += [plain(within), f"as of {ctx.as_of:%-d %b %Y}"]
    place.markdown(" · ".join(told))


def _offered(ctx: Context) -> dict[str, dict[str, str]]:
    found = {by: data.options(ctx).get(by, {}) for by in BY if by != "saved"}
    kept = {key: one.name for key, one in data.saved_cohorts(ctx).items()}
    return {**found, **({"saved": kept} if kept else {})}


def _begun(asked: Asked, offered: dict[str, dict[str, str]]) -> Asked:
    """What the page chooses where nothing was: the first way that gives two groups, and of it the first group."""
    if not asked.by:
        by = next((one for one in _USUAL if len(offered[one]) > 1), "clinic")
        asked = replace(asked, by=by)
    if not asked.group and offered.get(asked.by):
        codes = list(offered[asked.by])
        asked = replace(asked, group=codes[-1] if asked.by == "year" else codes[0])
    return asked


def _groups(asked: Asked, offered: dict[str, dict[str, str]], turn: int) -> Asked:
    ways = list(offered) if asked.by in offered else [*offered, asked.by]
    by = st.segmented_control(
        "Compare by", ways, default=asked.by, required=True, format_func=lambda one: BY[one], key=f"cohorts_by_{turn}"
    )
    if by != asked.by:
        asked = _begun(replace(asked, by=str(by), group="", against=()), offered)
    labels = offered.get(asked.by, {})
    codes = list(labels) if asked.group in labels else [*labels, asked.group]
    group = st.selectbox(
        "This group", codes, index=codes.index(asked.group), format_func=lambda one: labels.get(one, one or "none"),
        key=f"cohorts_group_{turn}_{asked.by}", width=210,
    )  # fmt: skip
    asked = replace(asked, group=str(group or ""))
    rest = [code for code in {**labels, **dict.fromkeys(asked.against)} if code != asked.group or code in asked.against]
    against = st.multiselect(
        "Against", rest, default=list(asked.against), format_func=lambda one: labels.get(one, one),
        max_selections=MOST_AGAINST, placeholder="All others", key=f"cohorts_against_{turn}_{asked.by}_{asked.group}",
        width=340,
    )  # fmt: skip
    return replace(asked, against=tuple(against))


def _popover(ctx: Context, asked: Asked, offered: dict[str, dict[str, str]], turn: int) -> Asked:
    said = data.questions(ctx)
    outcome = said["outcome"].get(asked.outcome, asked.outcome)
    visit = said["visit"].get(asked.visit, asked.visit)
    count = len(asked.shared.filters)
    who = f"{count} filter{'' if count == 1 else 's'}" if count else "who's in"
    said_now = f"{plain(outcome)} · {plain(visit)} · {who}"
    if not st.session_state.get(_MORE):  # another label would close it under the hand of whoever chooses in it
        st.session_state[_LABEL] = said_now
    label = st.session_state.setdefault(_LABEL, said_now)
    box = st.popover(label, icon=":material/tune:", on_change="rerun", key=_MORE)
    if not box.open:
        return asked
    with box:
        asked = _question(asked, said, turn)
        asked = filters.draw(ctx, asked, turn)
        saved.draw(ctx, asked)
    return asked


def _question(asked: Asked, said: dict[str, dict[str, str]], turn: int) -> Asked:
    found: dict[str, Any] = {}
    with st.container(horizontal=True, gap="small"):
        for name, label in (("outcome", "Outcome"), ("visit", "Visit")):
            codes = list(said[name])
            now = getattr(asked, name)
            found[name] = st.selectbox(
                label, codes, index=codes.index(now) if now in codes else 0, key=f"cohorts_{name}_{turn}", width=200,
                format_func=said[name].__getitem__,
            )  # fmt: skip
    return replace(asked, outcome=str(found["outcome"]), visit=str(found["visit"]))
