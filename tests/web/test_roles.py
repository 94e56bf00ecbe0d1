"""What the table of roles says, in claims; and what a browser of each role is sent, byte by byte."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from plumbline.store import REFERENCE
from plumbline.web.navigation import PLACES
from tests.conftest import Served
from tests.web.wire import Wire

ROWS = list(csv.DictReader((REFERENCE / "permission.csv").open(encoding="utf-8")))
TABLE = {(row["role"], row["action"]) for row in ROWS}
OF_PEOPLE = {
    "view_worklist", "view_patient", "view_call_list", "view_phone", "view_quality_list", "view_audit_keys",
    "view_cohort_list",
    "enter_facts", "answer_flags", "record_contact", "export_list", "export_rejects", "import_data",
}  # fmt: skip
"""Actions that show or change a single patient."""
COUNTS_ONLY = ("clinic_manager", "admin")


def actions(role: str) -> set[str]:
    return {action for one, action in TABLE if one == role}


def test_each_role_and_action_stands_once_and_nobody_has_reviewed_them_for_us() -> None:
    assert len(ROWS) == len(TABLE)
    assert {row["reviewed_by"] for row in ROWS} == {""}
    roles = {"specialist", "clinic_manager", "coordinator", "data_steward", "auditor", "admin", "owner", "patient"}
    assert {role for role, _ in TABLE} == roles


def test_managers_and_admins_see_no_single_patient_and_auditors_only_keys() -> None:
    for role in COUNTS_ONLY:
        assert actions(role) & OF_PEOPLE == set()
    assert actions("auditor") & OF_PEOPLE == {"view_audit_keys"}
    others = {"view_settings", "edit_settings", "revoke_link"}
    assert actions("admin") == {"view_users", "manage_users", "view_reference", "view_protocol"} | others


def test_a_patients_link_opens_their_own_progress_and_nothing_else() -> None:
    assert actions("patient") == {"view_progress"}
    assert {role for role, action in TABLE if action == "share_link"} == {"specialist", "owner"}


def test_coordinators_see_whom_to_call_and_no_comparison_nor_a_verdict() -> None:
    assert {"view_call_list", "view_phone", "record_contact", "enter_facts"} <= actions("coordinator")
    assert not {"view_worklist", "view_patient", "view_flags", "answer_flags"} & actions("coordinator")


def test_accounts_are_managed_by_admins_and_looked_at_by_managers_and_auditors() -> None:
    assert {role for role, action in TABLE if action == "manage_users"} == {"admin"}
    assert {role for role, action in TABLE if action == "view_users"} == {"admin", "auditor", "clinic_manager"}


def test_whoever_takes_a_list_of_people_along_may_see_one_on_the_screen() -> None:
    for role, action in TABLE:
        if action == "export_list":
            assert {"view_call_list", "view_quality_list"} & actions(role)
        if action == "export_record":
            assert "view_audit" in actions(role)


@pytest.mark.browser
def test_no_page_sends_a_manager_or_an_admin_a_name_an_id_a_phone_or_a_key_of_a_patient(
    running_app: Served, demo_store: Path
) -> None:
    with duckdb.connect(str(demo_store), read_only=True) as connection:
        found = connection.execute(
            "select patient_id from patient union select phone from patient union select patient_key from patient "
            "union select given_name || ' ' || family_name from patient union select episode_id from episode "
            "union select episode_key from episode "
            "except (select phone_in_hours from clinic union select phone_out_of_hours from clinic)"
        ).fetchall()
    secrets = [str(one).encode() for (one,) in found if one and len(one) > 5]
    assert len(secrets) > 200

    def sent(role: str) -> dict[str, set[bytes]]:
        told = {}
        for place in PLACES:
            with Wire(running_app.url) as wire:
                raw = wire.ask(place.name if place is not PLACES[0] else "", query=f"role={role}").raw
            told[place.name] = {one for one in secrets if one in raw}
        return told

    for role in COUNTS_ONLY:
        assert sent(role) == {place.name: set() for place in PLACES}, role
    assert sent("specialist")["worklist"]
    assert sent("coordinator")["followups"]
