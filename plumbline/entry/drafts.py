"""What somebody has begun to enter: kept in the store field by field, so that a lost connection loses nothing.

A draft belongs to one user, one course and one form; nobody else is ever shown it. It ends when it is saved or
thrown away, or when nobody has touched it for long. Drafts are no facts: no page is asked anew for them, and the
history doesn't name them.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from plumbline import sql
from plumbline.entry.scope import Clinics, refuse_others
from plumbline.store import Store


@dataclass(frozen=True)
class Place:
    """Whose draft: the user, the course and the form."""

    user: str
    episode_id: str
    form: str


@dataclass(frozen=True)
class Draft:
    """The fields that were left, and when the last one was (UTC); None: nothing is kept."""

    values: dict[str, Any]
    saved_at: datetime | None


def keep(store: Store, place: Place, fields: dict[str, Any], *, clinics: Clinics = None) -> None:
    """Keep these fields as they are now; an empty one (None, "", [], False) is forgotten.

    `clinics`: the course must be of one of these. Raises NotFound.
    """
    with store.write(quietly=True) as cursor:
        refuse_others(cursor, place.episode_id, clinics)
        now = store.stamp()
        sql.run(cursor, "draft/remove_old", now=now)
        for field, value in fields.items():
            told = {"user_name": place.user, "episode_id": place.episode_id, "form": place.form, "field": field}
            _run(cursor, "draft/remove_field", told)
            if value is not None and value is not False and value not in ("", []):
                _run(cursor, "draft/add_field", told | {"value": encode(value), "saved_at": now})


def read(store: Store, place: Place) -> Draft:
    """What was kept for this user, course and form."""
    with closing(store.cursor()) as cursor:
        rows = sql.rows(
            cursor, "draft/field_by_form",
            user_name=place.user, episode_id=place.episode_id, form=place.form, now=_now(),
        )  # fmt: skip
    return Draft(
        {row["field"]: decode(row["value"]) for row in rows}, max((row["saved_at"] for row in rows), default=None)
    )


def throw_away(store: Store, place: Place, *, clinics: Clinics = None) -> None:
    """Forget the whole draft. `clinics`: as for `keep`."""
    with store.write(quietly=True) as cursor:
        refuse_others(cursor, place.episode_id, clinics)
        told = {"user_name": place.user, "episode_id": place.episode_id, "form": place.form, "field": None}
        _run(cursor, "draft/remove_field", told)


def forget_old(store: Store) -> None:
    """Forget every draft that nobody has touched for as long as `draft_kept` of data/reference/entry_rule.csv says."""
    with store.write(quietly=True) as cursor:
        sql.run(cursor, "draft/remove_old", now=_now())


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def encode(value: Any) -> str:
    """A field's value as JSON; days and times keep what they are."""
    if isinstance(value, date):
        return json.dumps({"date": value.isoformat()})
    if isinstance(value, time):
        return json.dumps({"time": value.isoformat()})
    return json.dumps(value)


def decode(text: str) -> Any:
    """The value that `encode` wrote."""
    value = json.loads(text)
    if isinstance(value, dict) and set(value) == {"date"}:
        return date.fromisoformat(value["date"])
    if isinstance(value, dict) and set(value) == {"time"}:
        return time.fromisoformat(value["time"])
    return value


def _run(cursor: Any, name: str, given: dict[str, Any]) -> None:
    sql.run(cursor, name, **given)
