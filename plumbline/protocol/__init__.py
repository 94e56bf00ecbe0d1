"""Who has signed which timeline: a named clinician, for a clinic or for every clinic, and of exactly what it says.

A signature holds the hash of every row that was signed. It counts while it isn't withdrawn and the hash is still that
of what the timeline says; so nothing can change under a signature. Nobody signs for anybody: no name is ever filled in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from plumbline import audit, sql
from plumbline.errors import NotAllowed, NotFound, PlumblineError
from plumbline.store import Store

LONGEST = 120
OPEN_MODE = "demo"
Clinics = tuple[str, ...] | None


class NotSigned(PlumblineError):
    """A signature that can't be given or taken back as asked: nothing was stored."""


def guidance_allowed(cursor: Any, clinic_id: str, mode: str, timeline_version: str | None) -> bool:
    """Whether a patient of this clinic may see guidance by this timeline: it is signed for the clinic, or it is a demo.

    Demo stores hold made-up patients only. No timeline, as before any procedure: no guidance.
    """
    if mode == OPEN_MODE:
        return True
    return any(
        row["is_signed"] and row["clinic_id"] == clinic_id and row["timeline_version"] == timeline_version
        for row in sql.rows(cursor, "protocol/standing_by_clinic", clinics=[clinic_id])
    )


def standing(cursor: Any, clinics: Clinics = None) -> list[dict[str, Any]]:
    """For each timeline and clinic whether it is signed; the row without a clinic stands for every clinic."""
    return sql.rows(cursor, "protocol/standing_by_clinic", clinics=None if clinics is None else list(clinics))


def signatures(cursor: Any, clinics: Clinics = None) -> list[dict[str, Any]]:
    """Every signature ever given, those withdrawn among them, the newest first."""
    return sql.rows(cursor, "protocol/signature_by_start", clinics=None if clinics is None else list(clinics))


def sign(
    store: Store,
    actor: audit.Actor,
    version: str,
    name: str,
    title: str,
    *,
    clinics: Sequence[str | None] = (None,),
    allowed: Clinics = None,
    digest: str | None = None,
    account: str | None = None,
) -> list[str]:
    """Sign a timeline for these clinics, None being every clinic; gives the ids of the signatures. All or nothing.

    `allowed`: the clinics of the account, None being all. `digest`: the hash of what the signer was shown; where the
    timeline says something else by now, nothing is signed. `account`: in whose name the actor signs, where that is
    somebody else. It is on record before. Raises NotSigned, NotAllowed.
    """
    name, title = _typed("name", name), _typed("role", title)
    wanted = list(dict.fromkeys(clinics))
    with store.write() as cursor:
        found = {row["clinic_id"]: row for row in standing(cursor) if row["timeline_version"] == version}
        _refuse(version, wanted, found, allowed, digest)
        audit.record(store, "protocol_signed", actor, ("timeline", version), result="asked")
        ids = [row["id"] for row in sql.rows(cursor, "entry/new_ids", count=len(wanted))]
        now = store.stamp()
        for one, clinic_id in zip(ids, wanted, strict=True):
            old = _own(signatures(cursor), version, clinic_id)
            for lapsed in old:
                _retract(cursor, lapsed, now, account or actor.key, "signed anew")
            sql.run(
                cursor, "protocol/add_signature",
                protocol_signature_id=one, timeline_version=version, clinic_id=clinic_id, signed_name=name,
                signed_title=title, content_digest=found[None]["content_digest"], recorded_at=now,
                recorded_by=account or actor.key, supersedes=old[0] if old else None,
            )  # fmt: skip
    return ids


def withdraw(
    store: Store,
    actor: audit.Actor,
    signature_id: str,
    why: str,
    *,
    allowed: Clinics = None,
    account: str | None = None,
) -> None:
    """Take a signature back, with a reason; it stays to be read. On record before. Raises NotFound, NotAllowed."""
    why = _typed("reason", why)
    with store.write() as cursor:
        known = {row["protocol_signature_id"]: row for row in signatures(cursor)}
        if signature_id not in known or known[signature_id]["retracted_at"] is not None:
            raise NotFound("There is no such signature, or it was withdrawn already: `protocol list` has them all.")
        _within([known[signature_id]["clinic_id"]], allowed)
        about = ("timeline", str(known[signature_id]["timeline_version"]))
        audit.record(store, "protocol_withdrawn", actor, about, result="asked")
        _retract(cursor, signature_id, store.stamp(), account or actor.key, why)


def content(store: Store, version: str) -> list[dict[str, Any]]:
    """Every row that is signed with a timeline, in words. Raises NotFound."""
    with closing(store.cursor()) as cursor:
        found = sql.rows(cursor, "protocol/row_by_timeline", timeline_version=version)
    if not found:
        raise NotFound(f"There is no timeline {version}: `protocol list` has them all.")
    return found


def lapsed(cursor: Any) -> list[str]:
    """The signatures that aren't withdrawn and don't count, as the timeline says something else by now."""
    return [
        f"{row['timeline_version']} {row['clinic_id'] or 'every clinic'}"
        for row in signatures(cursor)
        if row["retracted_at"] is None and not row["counts"]
    ]


def _typed(what: str, text: str) -> str:
    """What somebody typed, on one line. Raises NotSigned where it says nothing, is too long or hides signs."""
    told = " ".join(text.split())
    if not re.search(r"[^\W\d_]{2}", told):
        raise NotSigned(f"The {what} is missing: type it in full.")
    if len(told) > LONGEST or any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"} for sign in told):
        raise NotSigned(f"The {what} is too long, or holds signs that can't be seen: type it plainly.")
    return told


def _refuse(
    version: str, wanted: list[str | None], found: dict[str | None, Any], allowed: Clinics, digest: str | None
) -> None:
    if not found:
        raise NotSigned(f"There is no timeline {version}: `protocol list` has them all.")
    if not wanted:
        raise NotSigned("Choose for which clinics you sign.")
    _within(wanted, allowed)
    if digest is not None and digest != found[None]["content_digest"]:
        raise NotSigned("The timeline says something else than what you were shown. Reload the page and read it again.")
    for clinic_id in wanted:
        if clinic_id not in found:
            raise NotSigned(f"There is no clinic {clinic_id} in this store.")
        if found[clinic_id]["is_signed"]:
            raise NotSigned(
                f"{version} is signed already for {clinic_id or 'every clinic'}, by {found[clinic_id]['signed_name']}."
            )


def _within(wanted: Sequence[str | None], allowed: Clinics) -> None:
    if allowed is not None and not set(wanted) <= set(allowed):
        raise NotAllowed("Your account isn't of every clinic that this is about: nothing was stored.")


def _own(given: list[dict[str, Any]], version: str, clinic_id: str | None) -> list[str]:
    """Signatures of exactly this timeline and clinic that aren't withdrawn."""
    return [
        str(row["protocol_signature_id"])
        for row in given
        if (row["timeline_version"], row["clinic_id"], row["retracted_at"]) == (version, clinic_id, None)
    ]


def _retract(cursor: Any, signature_id: str, now: Any, by: str, why: str) -> None:
    sql.run(
        cursor, "protocol/retract_signature",
        protocol_signature_id=signature_id, retracted_at=now, retracted_by=by, retracted_why=why,
    )  # fmt: skip
