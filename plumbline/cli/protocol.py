"""`python -m plumbline protocol …`: what a timeline says, and which clinician has signed it for which clinic."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plumbline import printing
from plumbline.cli.base import Json, Store, plainly, run
from plumbline.web.server import modes

protocol = typer.Typer(help="What the timeline says, and which clinician has signed it for which clinic.")
By = Annotated[str, typer.Option("--by", help="The account of whoever does it.")]


@protocol.command("list")
@plainly
def list_(store: Store = None, as_json: Json = False) -> int:
    """List timelines and clinics, who has signed, and every signature ever given."""
    return run("protocol_list", store, {}, _listed, as_json)


@protocol.command("show")
@plainly
def show(
    version: Annotated[str, typer.Argument(help="The timeline, as `protocol list` names it.")],
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Print every row that is signed with a timeline: what it says, how it is known, where it comes from."""
    return run("protocol_show", store, {"version": version}, _shown, as_json)


@protocol.command("sign")
@plainly
def sign(
    version: Annotated[str, typer.Argument(help="The timeline, as `protocol list` names it.")],
    by: By,
    name: Annotated[str, typer.Option(help="The full name of the clinician who signs.")],
    title: Annotated[str, typer.Option(help="Their role, such as Consultant spine surgeon.")],
    clinic: Annotated[list[str] | None, typer.Option(help="For which clinic; may be repeated; default all.")] = None,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Sign a timeline in the name of a clinician who has read it: `protocol show` prints what that is."""
    options: dict[str, Any] = {"version": version, "by": by, "name": name, "title": title}
    options |= {"clinics": clinic or None, "typed_by": modes.login()}
    return run("protocol_sign", store, options, _signed, as_json)


@protocol.command("withdraw")
@plainly
def withdraw(
    signature: Annotated[str, typer.Argument(help="The signature, as `protocol list` names it.")],
    by: By,
    why: Annotated[str, typer.Option(help="The reason; it stays with the signature.")],
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Take a signature back; it stays to be read, and no longer counts."""
    options = {"signature": signature, "by": by, "why": why, "typed_by": modes.login()}
    return run("protocol_withdraw", store, options, _withdrawn, as_json)


def _listed(answer: dict[str, Any]) -> None:
    rows = [
        {
            **row,
            "clinic": row["clinic_id"] or "every clinic",
            "state": _state(row),
            "by": " · ".join(filter(None, [row["signed_name"], row["signed_title"]])),
            "hash": row["content_digest"][:12],
        }
        for row in answer["standing"]
    ]
    columns = {"timeline_version": "Timeline", "clinic": "Clinic", "state": "State", "by": "By", "hash": "Hash"}
    printing.say(printing.table(columns, rows))
    if answer["signatures"]:
        given = [{**row, "clinic": row["clinic_id"] or "every clinic"} for row in answer["signatures"]]
        columns = {"protocol_signature_id": "Signature", "timeline_version": "Timeline", "clinic": "Clinic"}
        columns |= {"signed_name": "Name", "signed_at": "Signed, UTC", "recorded_by": "Account", "counts": "Counts"}
        printing.say("")
        printing.say(printing.table(columns | {"retracted_why": "Withdrawn because"}, given))


def _state(row: dict[str, Any]) -> str:
    if row["is_signed"]:
        return "signed"
    return "changed since it was signed" if row["is_lapsed"] else "not signed"


def _shown(answer: list[dict[str, Any]]) -> None:
    columns = {"part": "Part", "label": "What", "says": "Says", "how_known": "How known", "source": "Source"}
    printing.say(printing.table(columns, answer))


def _signed(answer: dict[str, Any]) -> None:
    printing.say(f"Signed: {answer['version']}, {answer['rows']} rows, hash {answer['digest'][:12]}.")
    printing.say("Signature " + ", ".join(answer["signatures"]) + ". `protocol withdraw` takes one back.")


def _withdrawn(answer: dict[str, Any]) -> None:
    printing.say(f"Withdrawn: {answer['signature']}. It no longer counts.")
