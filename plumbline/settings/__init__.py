"""What a clinic sets for itself without code: its name, its phones, its amber budget, what its pain scores are about.

A setting is a fact like any other: a change retracts the clinic's row and adds one, so that every version stays to be
read. The time zone isn't changed here, as the days of all that is stored depend on it.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any

from plumbline import audit, sql, summary, worklist
from plumbline.errors import NotFound, PlumblineError
from plumbline.store import Store

LABELS = {
    "name": "Name",
    "phone_in_hours": "Phone in the daytime",
    "phone_out_of_hours": "Phone at night and on weekends",
    "emergency_number": "Emergency number",
    "amber_budget": "Amber budget",
    "pain_is_back_pain": "Pain without a site is back pain",
}
FIELDS = tuple(LABELS)
_TEXTS = FIELDS[:4]
Clinics = tuple[str, ...] | None  # None: of every clinic


class NotSet(PlumblineError):
    """A change that can't be stored as it is: nothing was."""


class SetMeanwhile(PlumblineError):
    """Somebody else changed the clinic's settings since they were shown: nothing was stored."""


def clinics(cursor: Any, within: Clinics = None) -> list[dict[str, Any]]:
    """How each of these clinics is set."""
    return sql.rows(cursor, "settings/clinic_by_name", clinics=None if within is None else list(within))


def change(
    store: Store,
    actor: audit.Actor,
    clinic_id: str,
    values: dict[str, Any],
    *,
    shown: datetime | None = None,
    within: Clinics = None,
) -> tuple[str, ...]:
    """Give a clinic these settings, the others staying as they are; gives the names of those that have changed.

    `shown`: `recorded_at` of what whoever asks was looking at (None: whatever it is). `within`: the clinics that they
    may change, None being all. On record before. Raises NotSet, SetMeanwhile, NotFound, AuditFailed.
    """
    if unknown := sorted(set(values) - set(FIELDS)):
        raise NotSet(f"{', '.join(unknown)} can't be set here: choose among {', '.join(FIELDS)}.")
    with store.write() as cursor:
        held = _held(cursor, clinic_id, within)
        if shown is not None and held["recorded_at"] != shown:
            raise SetMeanwhile(
                f"{held['recorded_by']} has changed the settings of this clinic meanwhile, so nothing was saved. "
                "Look at them as they are now, then change what is still to be changed."
            )
        new = {name: held[name] for name in FIELDS} | {name: _neat(name, value) for name, value in values.items()}
        changed = tuple(name for name in FIELDS if new[name] != held[name])
        _refuse(cursor, clinic_id, new, changed)
        audit.record(
            store, "settings_changed", replace(actor, clinic_id=clinic_id), ("clinic", clinic_id), result="asked"
        )
        _store(cursor, clinic_id, new, store.stamp(), actor.key)
        _derive(cursor, clinic_id, changed)
    return changed


def _held(cursor: Any, clinic_id: str, within: Clinics) -> dict[str, Any]:
    """The clinic's settings, where it is one of these."""
    for row in clinics(cursor, within):
        if row["clinic_id"] == clinic_id:
            return row
    raise NotFound("There is no such clinic in this store, or it isn't one that you look after: nothing was saved.")


def _neat(name: str, value: Any) -> Any:
    """A text without blanks around it, none at all being no value. Blanks only: what else hides in it is refused."""
    return (value or "").strip(" ") or None if name in _TEXTS else value


def _refuse(cursor: Any, clinic_id: str, new: dict[str, Any], changed: tuple[str, ...]) -> None:
    """Inside the transaction, so that no other name or version can come between."""
    if not changed:
        raise NotSet("Nothing differs from what is stored, so nothing was saved.")
    if not isinstance(new["pain_is_back_pain"], bool):
        raise NotSet("Whether pain is back pain is either true or false.")
    found = sql.rows(
        cursor, "settings/check_clinic",
        clinic_id=clinic_id, clinic_name=new["name"], phone_in_hours=new["phone_in_hours"],
        phone_out_of_hours=new["phone_out_of_hours"], emergency_number=new["emergency_number"],
        amber_budget=new["amber_budget"],
    )  # fmt: skip
    if found:
        told = {LABELS[row["field"]]: row["text"] for row in reversed(found)}
        said = " ".join(f"{label}: {told[label]}" for label in LABELS.values() if label in told)
        raise NotSet(f"Nothing was saved. {said}")


def _store(cursor: Any, clinic_id: str, new: dict[str, Any], now: datetime, by: str) -> None:
    sql.run(cursor, "settings/retract_clinic", clinic_id=clinic_id, retracted_at=now)
    sql.run(
        cursor, "settings/add_clinic",
        clinic_id=clinic_id, clinic_name=new["name"], phone_in_hours=new["phone_in_hours"],
        phone_out_of_hours=new["phone_out_of_hours"], emergency_number=new["emergency_number"],
        amber_budget=new["amber_budget"], pain_is_back_pain=new["pain_is_back_pain"],
        recorded_at=now, recorded_by=by,
    )  # fmt: skip


def _derive(cursor: Any, clinic_id: str, changed: tuple[str, ...]) -> None:
    """What is made of these settings: which flags are urgent, and what readings are made of."""
    if "pain_is_back_pain" in changed:
        found = sql.rows(cursor, "settings/patient_by_clinic", clinic_id=clinic_id)
        summary.refresh(cursor, [row["patient_id"] for row in found])
    if "amber_budget" in changed:
        worklist.move_places(cursor)


def changes(store: Store, clinic_id: str | None = None, within: Clinics = None) -> list[dict[str, Any]]:
    """What was ever changed, the newest first: when, by whom, from what to what."""
    scope = None if within is None else list(within)
    with closing(store.cursor()) as cursor:
        return sql.rows(cursor, "settings/change_by_clinic", clinic_id=clinic_id, clinics=scope)
