"""`python -m plumbline users …`: who may come in, in which role, for which clinics."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plumbline import printing
from plumbline.cli.base import Json, Store, plainly, run
from plumbline.errors import PlumblineError
from plumbline.web.server import modes

users = typer.Typer(help="Who may come in: add somebody, change a role or clinics, close an account, list them all.")

Account = Annotated[str, typer.Argument(help="The account's short name, such as m.meier.")]
Role = Annotated[str, typer.Option(help="Such as specialist; one that isn't there names them all.")]
Clinics = Annotated[list[str] | None, typer.Option("--clinic", help="A clinic's id; may be repeated.")]
AllClinics = Annotated[bool, typer.Option("--all-clinics", help="Every clinic, those that come later, too.")]


@users.command("add")
@plainly
def add(
    account: Account,
    role: Role,
    subject: Annotated[str, typer.Option(help="The key that the provider has for the person; the sign-in says it.")],
    issuer: Annotated[
        str | None, typer.Option(help="Who vouches: default PLUMBLINE_OIDC_ISSUER, or the proxy's.")
    ] = None,
    clinic: Clinics = None,
    all_clinics: AllClinics = False,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Let somebody in."""
    options: dict[str, Any] = {"account": account, "role": role, "subject": subject, "by": modes.login()}
    options |= {"issuer": issuer or modes.issuer_asked(), "clinics": _scope(clinic, all_clinics=all_clinics)}
    return run("users_add", store, options, _told, as_json)


@users.command("role")
@plainly
def role(
    account: Account,
    role: Role,
    clinic: Clinics = None,
    all_clinics: AllClinics = False,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Give an account another role or other clinics, or open a closed one again. It is signed out everywhere."""
    options: dict[str, Any] = {"account": account, "role": role, "clinics": _scope(clinic, all_clinics=all_clinics)}
    return run("users_role", store, options | {"by": modes.login()}, _told, as_json)


@users.command("disable")
@plainly
def disable(account: Account, store: Store = None, as_json: Json = False) -> int:
    """Close an account. It is signed out everywhere; what its person entered stays."""
    return run("users_disable", store, {"account": account, "by": modes.login()}, _closed, as_json)


@users.command("list")
@plainly
def list_(store: Store = None, as_json: Json = False) -> int:
    """List every account."""
    return run("users", store, {}, _rows, as_json)


def _scope(clinics: list[str] | None, *, all_clinics: bool) -> list[str] | None:
    if bool(clinics) == all_clinics:
        raise PlumblineError("Say which clinics the account may see: --clinic ID, once or more, or --all-clinics.")
    return clinics or None


def _told(answer: dict[str, Any]) -> None:
    clinics = "every clinic" if answer["clinics"] is None else ", ".join(answer["clinics"])
    printing.say(f"{answer['account']} is {answer['role']} for {clinics}.")
    for clinic in answer["unknown_clinics"]:
        printing.say(f"The store has no clinic {clinic} yet: check its spelling.")


def _closed(answer: dict[str, Any]) -> None:
    printing.say(f"{answer['account']} is closed and signed out. `users role {answer['account']} …` opens it again.")


def _rows(answer: list[dict[str, Any]]) -> None:
    columns = {"account_id": "Account", "role": "Role", "clinics": "Clinics", "state": "State"}
    columns |= {"seen_at": "Last seen, UTC", "issuer": "Issuer", "subject": "Subject"}
    rows = [
        row
        | {
            "clinics": "every clinic" if row["clinics"] is None else ", ".join(row["clinics"]),
            "state": "closed" if row["is_disabled"] else "open",
            "seen_at": str(row["seen_at"] or "never")[:16].replace("T", " "),
        }
        for row in answer
    ]
    printing.say(printing.table(columns, rows) if rows else "Nobody has an account yet: `users add` makes one.")
