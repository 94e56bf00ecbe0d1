"""Saved cohorts on the Cohorts page: keep this group, open one, look at its versions, take it out, bring one in."""

from __future__ import annotations

from typing import Any

import streamlit as st

from plumbline.cohorts import saved
from plumbline.errors import PlumblineError
from plumbline.web import downloads, on_record
from plumbline.web.cohorts import asked as asking
from plumbline.web.cohorts import data
from plumbline.web.cohorts.asked import Asked
from plumbline.web.ui import Context, allowed, context, plain, require

_SAID = "cohorts_said"
_FILE = "cohorts_file"


def draw(ctx: Context, asked: Asked) -> None:
    """What can be done with a group that is worth keeping."""
    st.markdown("**Saved cohorts**")
    if said := st.session_state.pop(_SAID, None):
        kind, words = said
        (st.success if kind == "done" else st.error)(words)
    may_edit = allowed(ctx, data.EDIT)
    if may_edit and asked.group:
        _keep(ctx, asked)
    kept = data.saved_cohorts(ctx)
    if kept:
        _one(ctx, kept, may_edit=may_edit)
    if may_edit:
        st.file_uploader("Bring in a cohort from a file", type="json", key=_FILE, max_upload_size=1)
        st.button("Bring it in", on_click=_bring_in, disabled=st.session_state.get(_FILE) is None)


def _keep(ctx: Context, asked: Asked) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input("Save this group as", key="cohorts_name", max_chars=saved.LONGEST_NAME, width=200,
                      placeholder="a name")  # fmt: skip
        st.text_input("Why, or what changed", key="cohorts_comment", max_chars=saved.LONGEST_COMMENT, width=200)
        st.button("Save", on_click=_save, key="cohorts_save")


def _one(ctx: Context, kept: dict[str, saved.Saved], *, may_edit: bool) -> None:
    which = st.selectbox(
        "Saved", list(kept), format_func=lambda one: f"{kept[one].name}, version {kept[one].version}",
        key="cohorts_which",
    )  # fmt: skip
    if which is None:
        return
    found = saved.versions(ctx.store, which, ctx.clinics)
    number = st.selectbox(
        "Version", [one.version for one in found], key=f"cohorts_version_{which}",
        format_func=lambda one: _version(next(each for each in found if each.version == one)),
    )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        st.button("Compare it", on_click=_open, key="cohorts_open")
        downloads.button(
            ctx, "Export", action=data.VIEW, name=f"cohort-{which}-version-{number}.json",
            build=lambda now: saved.exported(now.store, which, number, now.clinics), about=("cohort", which),
            key="cohorts_export",
        )  # fmt: skip
        if may_edit:
            is_newest = number == kept[which].version
            st.button("Restore this version", on_click=_restore, key="cohorts_restore", disabled=is_newest)
            st.button("Put away", on_click=_retire, key="cohorts_retire")


def _version(one: saved.Saved) -> str:
    comment = f": {one.comment}" if one.comment else ""
    return f"{one.version}, {one.saved_at:%-d %b %Y} by {one.saved_by}{comment}"


def _doing(what: Any) -> None:
    """Do something to saved cohorts as whoever asks now; what came of it is said where they are listed."""
    ctx = context()
    require(ctx, data.EDIT)
    try:
        st.session_state[_SAID] = ("done", what(ctx))
    except PlumblineError as wrong:
        st.session_state[_SAID] = ("wrong", plain(str(wrong)))


def _save() -> None:
    require(context(), data.EDIT)

    def do(ctx: Context) -> str:
        asked, _ = asking.current()
        name, comment = st.session_state.get("cohorts_name", ""), st.session_state.get("cohorts_comment") or None
        group = data.cohorts(ctx, asked)[0]
        same = saved.namesake(ctx.store, name, ctx.clinics)
        kept = saved.save(
            ctx.store, on_record.actor(ctx), name, group.definition, cohort_id=same.cohort_id if same else None,
            after=same.version if same else None, comment=comment, clinics=ctx.clinics,
        )  # fmt: skip
        return f"Saved: {plain(kept.name)}, version {kept.version}."

    _doing(do)


def _restore() -> None:
    require(context(), data.EDIT)

    def do(ctx: Context) -> str:
        which = st.session_state["cohorts_which"]
        number = st.session_state[f"cohorts_version_{which}"]
        kept = saved.restore(ctx.store, on_record.actor(ctx), which, number, ctx.clinics)
        return f"Version {number} of {plain(kept.name)} is the newest again, as version {kept.version}."

    _doing(do)


def _retire() -> None:
    require(context(), data.EDIT)

    def do(ctx: Context) -> str:
        kept = saved.retire(ctx.store, on_record.actor(ctx), st.session_state["cohorts_which"], clinics=ctx.clinics)
        return f"{plain(kept.name)} is put away; its versions stay."

    _doing(do)


def _bring_in() -> None:
    require(context(), data.EDIT)

    def do(ctx: Context) -> str:
        given = st.session_state.get(_FILE)
        if given is None:
            raise PlumblineError("Choose a file first.")
        try:
            text = given.getvalue().decode("utf-8")
        except UnicodeDecodeError as error:
            raise PlumblineError("This file is no text in UTF-8: export the cohort again.") from error
        kept = saved.imported(ctx.store, on_record.actor(ctx), text, clinics=ctx.clinics)
        return f"Brought in: {plain(kept.name)}, version {kept.version}."

    _doing(do)


def _open() -> None:
    require(context(), data.VIEW)
    asking.change(by="saved", group=st.session_state["cohorts_which"], against=())
