"""`python -m plumbline clinics …`: how each clinic is set, and how that is changed."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from plumbline import printing
from plumbline.cli.base import Json, Store, plainly, run
from plumbline.web.server import modes

clinics = typer.Typer(help="How each clinic is set: name, phones, amber budget. List them, change one.")


@clinics.command("list")
@plainly
def list_(store: Store = None, as_json: Json = False) -> int:
    """List the clinics with their settings, and every change of these."""
    return run("clinics", store, {}, _listed, as_json)


@clinics.command("set")
@plainly
def set_(
    clinic: Annotated[str, typer.Argument(help="The clinic's id, as `clinics list` names it.")],
    name: Annotated[str | None, typer.Option(help="The name that patients know.")] = None,
    phone_in_hours: Annotated[str | None, typer.Option(help="Whom patients call in the daytime.")] = None,
    phone_out_of_hours: Annotated[str | None, typer.Option(help="Whom they call at night and on weekends.")] = None,
    emergency_number: Annotated[str | None, typer.Option(help="The emergency number of the country.")] = None,
    amber_budget: Annotated[float | None, typer.Option(help="Urgent amber flags per 100 patient-weeks.")] = None,
    pain_is_back_pain: Annotated[bool | None, typer.Option(help="Whether pain without a site is back pain.")] = None,
    store: Store = None,
    as_json: Json = False,
) -> int:
    """Change settings of a clinic; what isn't named stays as it is."""
    given: dict[str, Any] = {
        "name": name, "phone_in_hours": phone_in_hours, "phone_out_of_hours": phone_out_of_hours,
        "emergency_number": emergency_number, "amber_budget": amber_budget, "pain_is_back_pain": pain_is_back_pain,
    }  # fmt: skip
    values = {field: value for field, value in given.items() if value is not None}
    return run("clinics_set", store, {"clinic": clinic, "values": values, "by": modes.login()}, _told, as_json)


def _listed(answer: dict[str, Any]) -> None:
    columns = {"clinic_id": "Clinic", "name": "Name", "time_zone": "Time zone", "phone_in_hours": "In the daytime"}
    columns |= {"phone_out_of_hours": "At night", "emergency_number": "Emergency", "amber_budget": "Amber budget"}
    printing.say(printing.table(columns | {"pain_is_back_pain": "Pain is back pain"}, answer["clinics"]))
    if answer["changes"]:
        columns = {"changed_at": "Changed, UTC", "clinic_id": "Clinic", "changed_by": "By", "field": "Setting"}
        printing.say("")
        printing.say(printing.table(columns | {"said_before": "From", "said": "To"}, answer["changes"]))


def _told(answer: dict[str, Any]) -> None:
    printing.say(f"Changed of {answer['clinic']}: {', '.join(answer['changed'])}. It is on record.")
