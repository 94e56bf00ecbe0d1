"""What staff pages say of signatures: which timeline no clinician has signed, for which of the clinics looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from plumbline.web.text import plain

if TYPE_CHECKING:
    from plumbline.web.ui import Context


def standing(ctx: Context) -> list[dict[str, Any]]:
    """For each timeline and clinic of the account whether it is signed; the row without a clinic is every clinic."""
    rows: list[dict[str, Any]] = ctx.arrow("protocol/standing_by_clinic").to_pylist()
    return rows


def words(ctx: Context) -> str:
    """The footer's sentence on what isn't signed, for which of the clinics; empty where all is."""
    told = [_unsigned(version, rows) for version, rows in _by_version(standing(ctx)).items()]
    return " ".join(f"Not yet signed off by a clinician: timeline {plain(one)}." for one in filter(None, told))


def badge(ctx: Context, version: str) -> None:
    """How one timeline stands, as a badge: shape and word beside the colour."""
    rows = _by_version(standing(ctx))[version]
    unsigned = _unsigned(version, rows)
    names = list(dict.fromkeys(row["signed_name"] for row in rows if row["is_signed"]))
    if not unsigned:
        st.badge(f"● Signed off by {plain(', '.join(names))}", color="green")
    elif names:
        st.badge(f"◐ Signed off, but not yet {plain(unsigned.removeprefix(version))}", color="yellow")
    elif any(row["is_lapsed"] for row in rows):
        st.badge("○ Changed since it was signed, so not signed off", color="yellow")
    else:
        st.badge("○ Not yet signed off by a clinician", color="yellow")


def line(ctx: Context, clinic_id: str | None = None, version: str | None = None) -> None:
    """A short line where a timeline isn't signed for the clinic: one patient's, or those of a list."""
    rows = standing(ctx)
    if version is not None:
        rows = [row for row in rows if row["timeline_version"] == version]
    if clinic_id is not None:
        own = [row for row in rows if row["clinic_id"] == clinic_id]
        rows = own or rows
    told = [one for version, found in _by_version(rows).items() if (one := _unsigned(version, found))]
    if not told:
        return
    if clinic_id is not None:
        where = plain(rows[0]["clinic"] or "every clinic")
        st.caption(f"○ The timeline is not yet signed off by a clinician for {where}: a proposal to read with care.")
    else:
        st.caption(f"○ Not yet signed off by a clinician: {plain('; '.join(told))}. A proposal to read with care.")


def of_course(ctx: Context, episode_id: str) -> None:
    """The same for one patient: their clinic, and the timeline that they were treated under."""
    for row in ctx.arrow("protocol/place_of_course", episode_id=episode_id).to_pylist():
        if row["timeline_version"]:
            line(ctx, row["clinic_id"], row["timeline_version"])


def words_of_course(ctx: Context, episode_id: str) -> str:
    """The same as a plain sentence, for paper; empty where a clinician has signed."""
    for row in ctx.arrow("protocol/place_of_course", episode_id=episode_id).to_pylist():
        version, clinic_id = row["timeline_version"], row["clinic_id"]
        rows = [one for one in standing(ctx) if one["timeline_version"] == version]
        own = [one for one in rows if one["clinic_id"] == clinic_id] or rows
        if version and _unsigned(version, own):
            return f"The expected range and the verdict's rules ({version}) are not yet signed off by a clinician."
    return ""


def _by_version(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["timeline_version"], []).append(row)
    return found


def _unsigned(version: str, rows: list[dict[str, Any]]) -> str:
    """The version, and for which clinics where it is signed for others; empty where it is signed for all of them."""
    clinics = [row for row in rows if row["clinic_id"] is not None] or rows
    missing = [row for row in clinics if not row["is_signed"]]
    if not missing:
        return ""
    if len(missing) == len(clinics):
        return version
    return f"{version} for {len(missing)} of {len(clinics)} clinics"
