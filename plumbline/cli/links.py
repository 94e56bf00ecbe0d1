"""`python -m plumbline links …`: which links to patients there are; take one back; put away what is over."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plumbline import printing
from plumbline.cli.base import Json, Store, plainly, run
from plumbline.sharing.limits import words
from plumbline.web.server import modes

links = typer.Typer(help="Links by which patients see their progress: list them, take one back, put away what is over.")


@links.command("list")
@plainly
def list_(
    patient: Annotated[str | None, typer.Option(help="A patient's id; default the links of all.")] = None,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """List links, the newest first. What opens one was shown once and can't be read back."""
    return run("links", store, {"patient": patient}, _rows, as_json)


@links.command("revoke")
@plainly
def revoke(
    link: Annotated[str, typer.Argument(help="The link's id, as `links list` has it.")],
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Take a link back: whoever has it open is out within a second."""
    return run("links_revoke", store, {"link": link, "by": modes.login()}, _revoked, as_json)


@links.command("sweep")
@plainly
def sweep(store: Store = None, as_json: Json = False) -> int:
    """Put on record which links have ended, and remove those that ended long ago; the server does so by itself."""
    return run("links_sweep", store, {}, _swept, as_json)


def _rows(answer: list[dict[str, Any]]) -> None:
    columns = {"link_id": "Link", "patient_id": "Patient", "state": "State", "holder": "Holder", "factor": "Asks for"}
    columns |= {"expires_at": "Until, UTC", "opens": "Opened", "failures": "Wrong tries", "last_opened": "Last opened"}
    shown = [
        row
        | {kind: words(kind)[row[kind]] for kind in ("state", "holder", "factor")}
        | {name: str(row[name] or "never")[:16].replace("T", " ") for name in ("expires_at", "last_opened")}
        for row in answer
    ]
    printing.say(printing.table(columns, shown) if shown else "There is no link: the Patient page makes one.")


def _revoked(answer: dict[str, Any]) -> None:
    printing.say(f"The link {answer['link']} is taken back: whoever had it open is out.")


def _swept(answer: dict[str, Any]) -> None:
    printing.say(f"{answer['ended']} links had come to their end; {answer['removed']} old ones were removed.")
