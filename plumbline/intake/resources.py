"""What a FHIR Patient, Procedure or Condition says, as the cells of a staging row."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from plumbline.intake.bundle import Bundle, Row, moment
from plumbline.intake.codes import Codes
from plumbline.intake.document import Entry
from plumbline.intake.element import Ignored, Malformed, codings, group, groups, text, texts, words
from plumbline.intake.own import clinic_of, code, episode, person, stand_for

_LEVEL = re.compile(r"\b(T(?:1[0-2]|[1-9])|L[1-5])\b", re.IGNORECASE)
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_NAMED_LEVEL = re.compile(rf"\b({'|'.join(_ORDINALS)}) (thoracic|lumbar)\b", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PATHWAY_WORDS = ("kyphoplasty", "vertebroplasty")


def withdrawn(kind: str, own: str | None) -> Row:
    """A resource that was entered in error: what was stored of it is retracted."""
    if own is None:
        raise Ignored(f"{kind} that was entered in error")
    return Row("withdrawals", {"origin": f"fhir:{kind}/{own}"})


def named(kind: str, own: str | None) -> str:
    """The id of a resource that can't be stored without one."""
    if own is None:
        raise Malformed("id", None, f"is missing: a {kind} without an id can't be found again")
    return own


def updated(body: dict[str, Any]) -> str | None:
    """When the resource was last changed at its source."""
    return text(group(body, "meta"), "lastUpdated")


def patient(body: dict[str, Any], own: str | None, bundle: Bundle, _codes: Codes) -> Row:
    """A Patient; without an organisation it belongs to the clinic `unassigned`."""
    clinic, clinic_name = _clinic(group(body, "managingOrganization"), bundle)
    given, family = _name(groups(body, "name"))
    phones = [text(one, "value") for one in groups(body, "telecom") if text(one, "system") == "phone"]
    died = text(body, "deceasedDateTime")
    # a year or a month of death is no day on which anything can be closed
    died_on = None if died and re.fullmatch(r"\d{4}(-\d{2})?", died) else died
    return Row(
        "patients",
        {
            "origin": f"fhir:Patient/{named('Patient', own)}",
            "updated": updated(body),
            "patient_id": stand_for(body, "patient") or own,
            "birth_date": text(body, "birthDate"),
            "sex": text(body, "gender"),
            "clinic": clinic,
            "clinic_name": clinic_name,
            "given_name": given,
            "family_name": family,
            "phone": next((phone for phone in phones if phone), None),
            "died_on": died_on,
            "undated_death": "true" if died_on is None and (died or body.get("deceasedBoolean") is True) else None,
            **person(body),
        },
    )


def _clinic(organisation: dict[str, Any], bundle: Bundle) -> tuple[str | None, str | None]:
    reference, display = text(organisation, "reference"), text(organisation, "display")
    if own := clinic_of(organisation):
        return own, display
    found = bundle.resolve(reference) if reference else None
    if found:
        return found[1], bundle.names.get(found[1]) or display
    return display, display


def _name(names: list[dict[str, Any]]) -> tuple[str | None, str | None]:
    order = {"official": 0, "usual": 1, None: 2}
    best = min(names, key=lambda one: order.get(text(one, "use"), 3), default={})
    given = " ".join(texts(best, "given")).strip() or None
    family = text(best, "family")
    return given, family or (None if given else text(best, "text"))


def procedure(body: dict[str, Any], own: str | None, bundle: Bundle, codes: Codes) -> Row:
    """A Procedure that augments a vertebra: an episode."""
    status = text(body, "status")
    if status == "entered-in-error":
        return withdrawn("Procedure", own)
    concept = group(body, "code")
    coded = codes.procedure(codings(concept))
    said = " ".join(words(concept)).lower()
    pathway = coded[0] if coded else next((one for one in _PATHWAY_WORDS if one in said), None)
    if pathway is None:
        raise Ignored("Procedure of another kind")
    if coded and coded[1]:
        raise Ignored("Procedure that adds a level to another one")
    if status is None:
        raise Malformed("status", None, "is missing: only a completed procedure is an episode")
    if status != "completed":
        raise Ignored("Procedure that is not completed")
    performers = [text(group(one, "actor"), "display") for one in groups(body, "performer")]
    performed = moment(body, "performed", "DateTime", "Period")
    if performed is None:
        raise Malformed("performed", None, "is missing: give performedDateTime or the start of performedPeriod")
    patient_id, sites = bundle.patient_of(body), groups(body, "bodySite")
    return Row(
        "episodes",
        {
            "origin": f"fhir:Procedure/{named('Procedure', own)}",
            "updated": updated(body),
            "episode_id": own,
            "patient_id": patient_id,
            "performed_at": performed,
            "levels": levels(sites + bundle.added.get((patient_id, performed[:10], pathway), []) if sites else []),
            "pathway": pathway,
            "surgeon": next((name for name in performers if name), None),
            **episode(body),
        },
    )


def add_levels(entries: list[Entry], bundle: Bundle, codes: Codes) -> None:
    """Note where add-on procedures were done: their levels are of the procedure that they add to, that day's."""
    for body in (entry.body for entry in entries if entry.body):
        if body.get("resourceType") != "Procedure":
            continue
        with suppress(Malformed):
            coded = codes.procedure(codings(group(body, "code")))
            if coded and coded[1] and text(body, "status") == "completed":
                day = (moment(body, "performed", "DateTime", "Period") or "")[:10]
                bundle.added.setdefault((bundle.patient_of(body), day, coded[0]), []).extend(groups(body, "bodySite"))


def levels(sites: list[dict[str, Any]]) -> str | None:
    """The vertebrae that body sites name, such as L1 or `twelfth thoracic`; None where none can be recognised."""
    found: list[str] = []
    for said in (phrase for site in sites for phrase in words(site)):
        found += [one.upper() for one in _LEVEL.findall(said)]
        for ordinal, region in _NAMED_LEVEL.findall(said):
            found.append(f"{region[0].upper()}{_ORDINALS.index(ordinal.lower()) + 1}")
    return ";".join(dict.fromkeys(found)) or None


def condition(body: dict[str, Any], own: str | None, bundle: Bundle, codes: Codes) -> Row:
    """A diagnosis of a vertebral fracture: it may say when and why the bone broke."""
    held = {code for _, code in codings(group(body, "verificationStatus"))}
    if held & {"refuted", "entered-in-error"}:
        raise Ignored("Condition that does not hold")
    if code(group(body, "code"), "cause"):
        raise Ignored("Condition that its Procedure tells, too")
    found = codes.diagnosis(codings(group(body, "code")))
    if found is None:
        raise Ignored("Condition of another kind")
    onset = moment(body, "onset", "DateTime", "Period")
    if onset is None or not _DAY.match(onset):
        raise Ignored("Condition without a day of onset")
    return Row(
        "conditions",
        {
            "origin": f"fhir:Condition/{own}" if own else None,
            "patient_id": bundle.patient_of(body),
            "onset": onset,
            "cause": found.cause,
            "dates_fracture": str(found.dates_fracture).lower(),
            "within_days": str(found.within_days),
        },
    )
