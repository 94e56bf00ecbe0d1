"""Propose who the patients of a table are, and which procedure its times count from."""

from __future__ import annotations

import re

from plumbline.intake.mapping import Cell, Rule
from plumbline.intake.profile import Column, Profile, words
from plumbline.intake.settled import Settled
from plumbline.intake.suggest_parts import date_parts

_FEMALE = "f female w woman frau weiblich femenino femenina mujer femmina donna femme feminino vrouw v"
_MALE = "m male man mann mannlich männlich masculino hombre h maschio uomo homme u"
_WHICH_CLINIC = "patient.clinic: which clinic are these patients of? (--clinic NAME; --known: all are in the store)"
_YEAR = re.compile(r"(19|20)[0-9]{2}(\.0)?")
_TOLD = re.compile(r"([0-9]) *[=:_-] *([A-Za-z]+)")  # a code that says what it means: 1=Male, 1_male
_TRUTHS = {"true", "false"}
_PATHWAYS = ("kyphoplasty", "vertebroplasty")  # also with the last letter of other languages
_SEX = {"female": set(_FEMALE.split(" ")), "male": set(_MALE.split(" "))}


class People:
    """The patient and the procedure. Remarks and questions are added to as it goes."""

    def __init__(self, look: Profile, settled: Settled, remarks: dict[str, str], questions: list[str]) -> None:
        self._look, self._settled, self._remarks, self._questions = look, settled, remarks, questions
        self.taken: set[str] = set()
        self._person: list[str] = []
        self._parts = date_parts(look)
        self._clinic = self._hinted("patients", "clinic")
        self.times = [one for one in look.columns if one.hinted("time", ["hour", "day", "week", "month", "visit"])]

    def _hinted(self, kind: str, field: str) -> Column | None:
        found = [one for one in self._look.columns if one.hinted(kind, [field]) and one.name not in self.taken]
        return next((one for one in sorted(found, key=_is_guessed) if one.filled), None)

    def _parted(self, kind: str, field: str) -> Cell | None:
        """A date whose year, month and day have a column each."""
        found = next((one for one in self._parts if one.speaks_for(kind, field)), None)
        if found is None:
            return None
        self.taken.update(found.columns.values())
        self._remarks[f"{kind[:-1]}.{field}"] = "likely: by the headings of its three columns"
        return Cell(parts=found.columns)

    def _take(self, column: Column, place: str, why: str) -> Cell:
        self.taken.add(column.name)
        self._remarks[place] = why
        return Cell(column=column.name)

    def patient(self) -> Rule:
        """Id, clinic and what else is known of a person."""
        cells = {"patient_id": self._id()}
        self._person = cells["patient_id"].columns
        if self._settled.known:
            self._remarks["patient.id"] += "; patients are known already, as was said"
            return Rule("patients", cells)
        cells["clinic"] = self._clinic_cell()
        for field in ("given_name", "family_name", "phone", "died_on"):
            if column := self._hinted("patients", field):
                cells[field] = self._take(column, f"patient.{field}", "likely: by its heading")
        birth = self._parted("patients", "birth_date") or self._hinted("patients", "birth_date")
        if isinstance(birth, Cell):
            cells["birth_date"] = birth
        elif birth and (birth.told or birth.is_mostly_date or all(map(_YEAR.fullmatch, birth.filled))):
            cells["birth_date"] = self._take(birth, "patient.birth_date", "likely: by its heading")
        elif (age := self._age()) is not None:
            self._take(age, "patient.birth_date", "likely: only an age is there; the year may be one too late")
            cells["birth_date"] = Cell(age=age.name)
        if sex := self._hinted("patients", "sex"):
            cells["sex"] = self._sex(sex)
        return Rule("patients", cells)

    def _age(self) -> Column | None:
        """The age at the procedure: one for each person, so not a column that grows from visit to visit."""
        age = self._hinted("patients", "age")
        if age is None or not age.numbers or not 0 <= age.numbers[0] <= age.numbers[-1] < 130:
            return None
        person = [self._look.of(name) for name in self._person]
        if person and self._look.distinct(*person, age) > self._look.distinct(*person):
            self._remarks["patient"] = f"Left aside: {age.name} differs from row to row of one patient"
            return None
        return age

    def _id(self) -> Cell:
        found = [one for one in self._look.columns if one.hinted("patients", ["patient_id"]) and one.filled]
        if not found:
            self._remarks["patient.id"] = "likely: no column is an id, so each row is a patient, numbered by its place"
            first = self._look.columns[0] if self._look.columns else None
            if first and first.told is None and self._tells_apart(first):
                self._questions.append(
                    f"patient.id: {first.name} is different in every row: is it who the patient is? (--column "
                    f"{first.name}=patient_id, or {first.name}=unused: then patients are numbered by their place)"
                )
            return Cell(row_number=True, prefix=f"{re.sub(r'[^A-Za-z0-9]+', '-', self._look.table.name)[:40]}-")
        found = sorted(found, key=_is_guessed)
        plain = [one for one in found if "patient" in one.said[0] or "subject" in one.said[0]]
        best = found[0] if found[0].told or not plain else plain[0]
        cell, why = self._take(best, "patient.id", ""), ["likely: by its heading"]
        whole = best.is_whole_with_zeros
        ends = {one[one.rfind(".") :] if "." in one else "" for one in best.filled}
        if len(best.filled) > 1 and len(ends) == 1 and ends != {""} and not whole:
            (suffix,) = ends
            cell = Cell(column=best.name, strip_suffix=suffix)
            why.append(f"every id ends with {suffix}, which is taken off")
        if self._clinic and self._repeats(best):
            cell = Cell(column=best.name, prefix_column=self._clinic.name, whole=whole)
            why.append(f"ids repeat from one {self._clinic.name} to the next, so that stands in front")
        elif whole:
            cell = Cell(column=best.name, whole=True)
        self._remarks["patient.id"] = "; ".join(why)
        return cell

    def _tells_apart(self, column: Column) -> bool:
        """Whether no two rows have the same in a column that may be an id: it is no date and has no decimals."""
        every = len(self._look.records)
        is_id = not column.is_date and not any(re.search(r"[.,][0-9]*[1-9]", one) for one in column.filled)
        return every > 2 and is_id and len(column.filled) == self._look.distinct(column) == every

    def _repeats(self, column: Column) -> bool:
        """Whether an id says who somebody is only together with the clinic."""
        assert self._clinic is not None
        look, places = self._look, self.times[:1]
        alone, together = look.distinct(column, *places), look.distinct(self._clinic, column, *places)
        return together > alone and (bool(places) or together == len(look.records))

    def _clinic_cell(self) -> Cell:
        if self._settled.clinic:
            return Cell(fixed=self._settled.clinic)
        if self._clinic:
            cell = self._take(self._clinic, "patient.clinic", "likely: by its heading")
            return Cell(column=cell.column, whole=True, prefix="site-") if self._clinic.numbers else cell
        self._remarks["patient.clinic"] = "ask: no column names the clinic"
        self._questions.append(_WHICH_CLINIC)
        return Cell(fixed="unknown")

    def _sex(self, column: Column) -> Cell:
        place = "patient.sex"
        self._take(column, place, "likely: by its heading and words")
        given = [one.partition("=") for one in (self._settled.sex or "").split(",") if one]
        choices = column.choices | {found[1]: found[2] for found in map(_TOLD.fullmatch, column.filled) if found}
        said = {code: choices.get(code, code).casefold().strip() for code in {*column.filled, *choices}}
        said |= {code: found[2].casefold() for code in column.filled if (found := _TOLD.fullmatch(code))}
        words = set(said.values())
        if words <= {"m", "h"} and "h" in words:  # hombre, mujer
            sexes = {"h": "male", "m": "female"}
        else:
            sexes = {word: sex for sex, all_of in _SEX.items() for word in words & all_of}
        if words <= {"female", "male", "f", "m"} and not choices and not given:
            return Cell(column=column.name)
        values: dict[str, str | None] = {code: sexes[word] for code, word in sorted(said.items()) if word in sexes}
        values |= {choices[code]: sexes[said[code]] for code in choices if said[code] in sexes}
        if {"0", "1"} <= set(values):  # a program that read 0 and 1 as truths
            truths = {code: str(int(code.lower() == "true")) for code in column.filled if code.lower() in _TRUTHS}
            values |= {code: values[number] for code, number in truths.items()}
        values |= {code.strip(): to.strip() for code, _, to in given}
        strange = [] if given else sorted(code for code in column.filled if code not in values)
        if strange:
            plain = [code.removesuffix(".0") for code in strange if "=" not in code]
            codes = ",".join(f"{code}=…" for code in plain[:4])
            self._remarks[place] = f"ask: nothing says what {', '.join(strange[:4])} mean"
            self._questions.append(
                f"{place}: what do the codes of {column.name} mean? (--sex {codes} with female or male)"
            )
            values |= dict.fromkeys((code.removesuffix(".0") for code in strange[:20]), "unknown")
        return Cell(column=column.name, values=values)

    def episode(self) -> Rule | None:
        """The procedure, where a column gives its day."""
        if self._settled.index_date:
            return self.fixed_episode()
        cells = {}
        if parted := self._parted("episodes", "performed_at"):
            cells["performed_at"] = parted
        else:
            found = self._hinted("episodes", "performed_at")
            if found is None or not (found.is_date or found.told):
                return None
            cells["performed_at"] = self._take(found, "episode.performed_at", "likely: by its heading; it holds dates")
        for field in ("fracture_on", "discharged_at"):
            column = self._hinted("episodes", field)
            if column and column.is_date:
                cells[field] = self._take(column, f"episode.{field}", "likely: by its heading; it holds dates")
        if (levels := self._hinted("episodes", "levels")) and any(
            re.match(r"[TtLl] ?[0-9]", one) for one in levels.filled
        ):
            cells["levels"] = self._take(levels, "episode.levels", "likely: by its heading and words")
        if surgeon := self._hinted("episodes", "surgeon"):
            cells["surgeon"] = self._take(surgeon, "episode.surgeon", "likely: by its heading")
        return Rule("episodes", cells | self._common())

    def fixed_episode(self) -> Rule:
        """A procedure on one day for all, where the file has only relative times."""
        index = self._settled.index_date
        if index is None:
            index = "2000-01-01T12:00"
            self._questions.append(
                "episode.performed_at: the file has no day of the procedure, only times after it. On which day and "
                f"hour are all procedures to be put? (--index-date {index}, or another)"
            )
        self._remarks["episode.performed_at"] = "ask: NO REAL DATES; only the days since the procedure are true"
        return Rule("episodes", {"performed_at": Cell(fixed=index), **self._common()})

    def _pathway(self) -> Cell | None:
        """The column whose words name the procedure: each of them must."""
        for column in sorted(self._look.columns, key=_is_guessed):
            is_other = column.told is not None and column.told != ("episodes", "pathway")
            if is_other or column.name in self.taken or not 0 < len(column.filled) <= 50:
                continue
            said = {text: [one for one in _PATHWAYS if one[:-1] in words(text)] for text in column.filled}
            if all(len(found) == 1 for found in said.values()):
                self._take(column, "episode.pathway", "likely: by its words")
                return Cell(column=column.name, values={text: found[0] for text, found in sorted(said.items())})
        return None

    def _common(self) -> dict[str, Cell]:
        told = self._pathway() if self._settled.pathway is None else None
        cells = {"pathway": told or Cell(fixed=self._settled.pathway or "other")}
        if self._settled.pathway is None and told is None:
            self._remarks["episode.pathway"] = "ask: nothing in the file says which procedure it was"
            self._questions.append(
                "episode.pathway: which procedure was it? (--pathway kyphoplasty, vertebroplasty or other)"
            )
        arm = self._hinted("episodes", "tags.arm")
        if arm and len(arm.filled) <= 20:
            self._take(arm, "episode.tags", "likely: by its heading; a tag, nothing is judged by it")
            cells["tags.arm"] = Cell(column=arm.name, whole=arm.is_whole_with_zeros)
        return cells


def _is_guessed(column: Column) -> bool:
    """Whether nobody has said what a column is: those that somebody has told come first."""
    return column.told is None
