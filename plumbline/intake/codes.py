"""The codes that FHIR resources are recognised by: reference rows, looked up by system and code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plumbline import sql

if TYPE_CHECKING:
    from plumbline.intake.responses import Responses

_WORD = re.compile(r"[a-z]+")
_PART = re.compile(r"[/+,;]| and | with ")
_SALTS = {"calcium"}

Coding = tuple[str | None, str | None]


@dataclass(frozen=True)
class Diagnosis:
    """What a diagnosis code says of a vertebral fracture."""

    cause: str | None
    dates_fracture: bool
    within_days: int


class Codes:
    """The code tables of one store, and the questionnaires that mappings know."""

    def __init__(self, cursor: Any, responses: Responses) -> None:
        self.responses = responses
        self._instruments = {
            (row["system"], row["code"]): str(row["instrument"])
            for row in sql.rows(cursor, "import/instrument_by_code")
        }
        self._procedures = {
            (row["system"], row["code"]): (str(row["pathway"]), bool(row["adds_level"]))
            for row in sql.rows(cursor, "import/pathway_by_code")
        }
        self._diagnoses = sql.rows(cursor, "import/cause_by_code")
        drugs = [str(row["drug"]) for row in sql.rows(cursor, "import/drug_by_name")]
        # the acid names the same medicine: alendronic acid is alendronate
        self._drugs = {f"{drug.removesuffix('ate')}ic": drug for drug in drugs if drug.endswith("ate")}
        self._drugs |= {drug: drug for drug in drugs}
        self._absent = {
            str(row["code"]): str(row["status"]) for row in sql.rows(cursor, "import/status_by_absent_reason")
        }

    def instruments(self, codings: Iterable[Coding]) -> set[str]:
        """The instruments that a concept's codes name."""
        return {self._instruments[one] for one in codings if one in self._instruments}

    def procedure(self, codings: Iterable[Coding]) -> tuple[str, bool] | None:
        """The pathway that a procedure's codes name, and whether it is only an add-on to another procedure."""
        found = [self._procedures[one] for one in codings if one in self._procedures]
        return min(found, key=lambda one: one[1], default=None)

    def diagnosis(self, codings: Iterable[Coding]) -> Diagnosis | None:
        """What a diagnosis says of a vertebral fracture; None where it says nothing of one."""
        for system, code in codings:
            plain = (code or "").replace(".", "").upper()
            for row in self._diagnoses:
                if row["system"] == system and plain.startswith(str(row["code_prefix"]).replace(".", "")):
                    return Diagnosis(row["cause"], bool(row["dates_fracture"]), int(row["within_days"]))
        return None

    def drugs(self, said: Iterable[str]) -> list[str]:
        """The medicines of data/reference/drug.csv that words name, such as both of a combined tablet, in order."""
        found: set[str] = set()
        for part in (part for one in said for part in _PART.split(one.lower())):
            words = _WORD.findall(part)
            found |= {self._drugs[word] for word in words[:1] if word in self._drugs}
            # what follows the first word may only be its salt, as in atorvastatin calcium
            found |= {self._drugs[word] for word in words[1:] if word in self._drugs and word not in _SALTS}
        return sorted(found)

    def absent(self, codings: Iterable[Coding]) -> str | None:
        """The score status that a dataAbsentReason means."""
        return next((self._absent[code] for _, code in codings if code in self._absent), None)
