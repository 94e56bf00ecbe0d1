"""What a FHIR MedicationStatement or MedicationRequest says, as the cells of medication rows."""

from __future__ import annotations

from typing import Any

from plumbline.intake.bundle import Bundle, Row, contained, moment
from plumbline.intake.codes import Codes
from plumbline.intake.element import Ignored, Malformed, group, groups, text, words
from plumbline.intake.own import medicine
from plumbline.intake.resources import updated, withdrawn

_ENDED = {"completed", "stopped", "cancelled"}
_TAKEN = {"active", "on-hold", "intended", *_ENDED}
_ORDERED = {"order", "original-order", "reflex-order", "filler-order", "instance-order"}


def medication(body: dict[str, Any], own: str | None, bundle: Bundle, codes: Codes) -> list[Row]:
    """The known medicines that a resource names, each from its start to its end.

    The course is found by patient and day later. What ended on a day not said is no row: it would seem to go on.
    """
    kind, status = str(body["resourceType"]), text(body, "status")
    if status == "entered-in-error":
        return [withdrawn(kind, own)]
    if said := medicine(body):
        origin = None if own is None else f"fhir:{kind}/{own}"
        return [Row("medications", {"origin": origin, "updated": updated(body), **said})]
    if "medication" in body:
        raise Malformed("medication", None, "is an element of FHIR R5: export as R4, with medicationCodeableConcept")
    drugs = codes.drugs(words(_concept(body, bundle)))
    if not drugs:
        raise Ignored(f"{kind} of another medicine")
    if status not in _TAKEN:
        raise Ignored(f"{kind} of what was not taken")
    if kind == "MedicationRequest" and (text(body, "intent") not in _ORDERED or body.get("doNotPerform") is True):
        raise Ignored("MedicationRequest that is no order")
    started, stopped = _span(body, kind)
    if started is None:
        element = "effective" if kind == "MedicationStatement" else "authoredOn"
        raise Malformed(element, None, "is missing: give the day on which it began")
    if status in _ENDED and stopped is None:
        raise Ignored(f"{kind} that ended on a day not said")
    patient_id = bundle.patient_of(body)
    return [
        Row(
            "medications",
            {
                "origin": None if own is None else f"fhir:{kind}/{own}" + (f"#{drug}" if len(drugs) > 1 else ""),
                "updated": updated(body),
                "patient_id": patient_id,
                "drug": drug,
                "started_on": started,
                "stopped_on": stopped,
            },
        )
        for drug in drugs
    ]


def _concept(body: dict[str, Any], bundle: Bundle) -> dict[str, Any]:
    """The medicine: as a concept, or behind a reference to a Medication inside the resource or along with it."""
    if concept := group(body, "medicationCodeableConcept"):
        return concept
    reference = text(group(body, "medicationReference"), "reference")
    if reference is None:
        return {}
    found = bundle.resolve(reference)
    inside = contained(body, reference) if reference.startswith("#") else bundle.drugs.get(found[1]) if found else None
    if inside is None:
        return {"text": text(group(body, "medicationReference"), "display")}
    return group(inside, "code")


def _span(body: dict[str, Any], kind: str) -> tuple[str | None, str | None]:
    if kind == "MedicationStatement":
        return moment(body, "effective", "DateTime", "Period"), text(group(body, "effectivePeriod"), "end")
    ends = [text(group(group(body, "dispenseRequest"), "validityPeriod"), "end")]
    for dosage in groups(body, "dosageInstruction"):
        bounds = group(group(group(dosage, "timing"), "repeat"), "boundsPeriod")
        ends.append(text(bounds, "end"))
    said = [end for end in ends if end]
    return text(body, "authoredOn"), max(said) if said else None
