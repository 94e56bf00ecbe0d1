"""A store with links in it, to be served; and a phone without scripts that asks raw addresses."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from plumbline import audit
from plumbline.sharing import links
from plumbline.store import open_store
from tests.conftest import Served
from tests.facts import Facts

BORN = "1944-12-31"
WRONG = "01 01 1950"
STAFF = audit.Actor("anna", "specialist")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def with_patients(path: Path, **names: str) -> Path:
    """Put a patient into an empty store for each key, two weeks after the procedure, with scores before and now."""
    store = open_store(path)
    store.set_meta("synthetic", "true")
    facts = Facts()
    performed = datetime.now(UTC).date() - timedelta(days=14)
    facts.clinic("c1", phone_in_hours="01632 960 142", emergency_number="112")
    for patient, name in names.items():
        facts.patient(patient, birth_date=BORN, given_name=name, family_name="Example")
        facts.episode(f"e-{patient}", patient_id=patient, performed_on=performed)
        for day, value in ((0, 8), (14, 3)):
            facts.add("score", patient_id=patient, instrument="nrs_back", status="done", value=value,
                      taken_on=performed + timedelta(days=day - (day == 0)))  # fmt: skip
    facts.write(store)
    store.close()
    return path


def linked(path: Path, many: int, patient_id: str = "p1") -> list[links.Made]:
    """Make so many links of a patient in a store that nobody serves."""
    store = open_store(path)
    made = [links.create(store, STAFF, patient_id) for _ in range(many)]
    store.close()
    return made


@dataclass
class Said:
    """One answer."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Phone:
    """What a phone holds and how it asks; `address`: where a proxy on this machine says that it is."""

    served: Served
    address: str | None = None
    cookie: str = ""

    def ask(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> Said:
        """Ask an address exactly as it is written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=60)
        own = {"X-Forwarded-For": self.address} if self.address else {}
        own |= {"Cookie": self.cookie} if self.cookie else {}
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, own | told)
        answer = connection.getresponse()
        said = Said(answer.status, answer.read().decode(), {k.lower(): v for k, v in answer.getheaders()})
        connection.close()
        return said

    def open(self, token: str, factor: str = BORN, **headers: str) -> Said:
        """Send the form of the door, and keep the cookie that comes back."""
        body = urlencode({"factor": factor})
        said = self.ask("POST", f"/s/{token}", body, **{"Content_Type": FORM["Content-Type"], **headers})
        if said.status == http.client.SEE_OTHER:
            self.cookie = said.headers["set-cookie"].partition(";")[0]
        return said
