"""The instant in the address: `?known_at=2026-03-12T14:00` on the clinics' clock. What is unclear is refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st

from plumbline.errors import PlumblineError
from plumbline.known import PastStore, as_known
from plumbline.store import Store
from plumbline.web import cache

KNOWN_AT = "known_at"
ACTION = "plumbline_action"  # of the page that this session looks at: what of the past it needs
LAST_COURSE = "plumbline_episode"
NOBODY = frozenset({"view_reference"})  # pages that read no facts
_KEPT = "plumbline_known_at"
_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", flags=re.ASCII)


class WrongInstant(PlumblineError):
    """The instant that was asked for can't be shown; the message says why."""


def present_of(store: Store) -> Store:
    """The store itself, where this is a view of its past."""
    return store.present if isinstance(store, PastStore) else store


def zone_of(store: Store) -> tzinfo | None:
    """The clinics' time zone when they share one; None is this machine's own."""
    zones = set(cache.shared().arrow(present_of(store), "web/time_zone_by_clinic")["time_zone"].to_pylist())
    return ZoneInfo(zones.pop()) if len(zones) == 1 else None


def view_of(store: Store, *, of_all: bool, clinics: tuple[str, ...] | None = None) -> Store:
    """The store, or the view of its past that the address asks for: of one patient on the Patient page, else of all.

    `clinics`: only patients who are of these now, wherever they were then. Raises WrongInstant.
    """
    known_at = asked(store)
    if known_at is None:
        return store
    action = st.session_state.get(ACTION)
    patients: tuple[str, ...] | None = () if action in NOBODY else None
    if action == "view_patient" and not of_all:
        key = st.query_params.get("episode") or st.session_state.get(LAST_COURSE) or ""
        patients = tuple(cache.shared().ask(store, "known/patient_by_key", key=key)["patient_id"])
    if clinics is not None and patients != ():
        own = tuple(cache.shared().ask(store, "known/patient_of_clinics", clinics=clinics)["patient_id"])
        patients = own if patients is None else tuple(one for one in patients if one in frozenset(own))
    with st.spinner("Working out what was known then …"):
        return as_known(store, known_at, patients)


def asked(store: Store) -> datetime | None:
    """The instant in the address, UTC; else the one chosen before in this session, written back; None is now.

    Raises WrongInstant.
    """
    given = st.query_params.get(KNOWN_AT) or st.session_state.get(_KEPT)
    if not given:
        return None
    zone = zone_of(store)
    instant = read(given, zone)
    go_to(written(instant, zone))
    return instant


def go_to(text: str | None) -> None:
    """Look at what was known at another instant from the next run on, kept in the address; None goes back to now."""
    if text is None:
        st.session_state.pop(_KEPT, None)
        st.query_params.pop(KNOWN_AT, None)
        return
    st.session_state[_KEPT] = text
    if st.query_params.get(KNOWN_AT) != text:
        st.query_params[KNOWN_AT] = text


def read(text: str, zone: tzinfo | None) -> datetime:
    """An instant in UTC from its text, on the clock of the zone where it names no offset. Raises WrongInstant."""
    text = re.sub(r"(?<=\d) (?=\d\d:\d\d$)", "+", text)  # an address that was typed: its plus is read as a space
    try:
        if not _FORM.fullmatch(text):
            raise ValueError
        given = datetime.fromisoformat(text)
        instant = (given if given.tzinfo else _on_the_clock(given, zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise WrongInstant(
            "The address asks for an instant that isn't one, so nothing is shown. It is written like "
            "2026-03-12T14:00, on the clinic's clock."
        ) from error
    if instant > datetime.now(UTC):
        raise WrongInstant("That instant is still to come, so nothing is known of it yet. Choose one that has passed.")
    return instant.replace(tzinfo=None)


def _on_the_clock(given: datetime, zone: tzinfo | None) -> datetime:
    first, second = (_aware(given.replace(fold=fold), zone) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    if _local(first.astimezone(UTC), zone).replace(tzinfo=None, fold=0) != given:
        raise WrongInstant("The clocks went forward over that time, so it never was. Choose another.")
    raise WrongInstant(
        "The clocks went back over that time, so it came twice. Choose another, or write the one that you mean as "
        f"{first.isoformat()} or {second.isoformat()}."
    )


def _aware(given: datetime, zone: tzinfo | None) -> datetime:
    return given.replace(tzinfo=zone) if zone else given.astimezone()


def _local(instant: datetime, zone: tzinfo | None) -> datetime:
    return instant.astimezone(zone)


def local(instant: datetime, zone: tzinfo | None) -> datetime:
    """An instant in UTC on the clock of the zone."""
    return _local(instant.replace(tzinfo=UTC), zone)


def written(instant: datetime, zone: tzinfo | None) -> str:
    """An instant in UTC as the address has it: on the zone's clock, with the offset where the time came twice."""
    on_clock = local(instant, zone)
    bare = on_clock.replace(tzinfo=None, fold=0)
    one_way = _aware(bare, zone).utcoffset() == _aware(bare.replace(fold=1), zone).utcoffset()
    return (bare if one_way else on_clock).isoformat(timespec="minutes" if not _odd(bare) else "auto")


def words(instant: datetime, zone: tzinfo | None) -> str:
    """An instant in UTC for people: `12 Mar 2026, 14:00`, with the seconds where there are some."""
    on_clock = local(instant, zone)
    clock = f"{on_clock:%H:%M:%S}" if _odd(on_clock) else f"{on_clock:%H:%M}"
    return f"{on_clock:%-d %b %Y}, {clock}" + ("" if zone else f" ({on_clock:%Z})")


def _odd(moment: datetime) -> bool:
    return bool(moment.second or moment.microsecond)
