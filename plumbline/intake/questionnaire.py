"""A score that a mapping makes of the columns of a questionnaire's items, by the rules of `plumbline.scoring`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plumbline.intake.cells import BLANKS, Chunk, Fault, Field, Said, canon
from plumbline.intake.mapping import Cell, Mapping, Rule
from plumbline.intake.refused import FileRefused
from plumbline.scoring.items import DONE, MISSING, Scored, points_of, score_items
from plumbline.scoring.rules import contradiction, is_undecided, offset_of, rule_of

_MEND = "correct it, or empty the cell where there was no answer"


class Made(str):
    """A score's value with the items that it was made of, as `Scored.told` writes them."""

    told: str

    @staticmethod
    def of(scored: Scored) -> Made:
        """The value, exactly, and its items."""
        made = Made(f"{scored.value!r}".removesuffix(".0"))
        made.told = scored.told
        return made


class Answers(Field):
    """The columns of one questionnaire. `look` at all records first: one answer may make the coding doubtful."""

    def __init__(self, name: str, cell: Cell, mapping: Mapping, header: Sequence[str], instrument: str) -> None:
        super().__init__(name, cell, mapping, header)
        self._instrument = instrument
        self._rule = rule_of(instrument, cell.form)
        self._coding = cell.coding or self._rule.codings[0]
        self._seen: dict[int, tuple[int, str]] = {}
        self._empty = self._prorated = 0
        offset_of(self._rule, cell.coding)

    def look(self, chunk: Chunk) -> None:
        """Which answers there are, each with the line and the column where it first stands."""
        for place, name in zip(self._places.values(), self.cell.items, strict=True):
            found: dict[str, int] = {}
            for line, text in zip(chunk.lines, chunk.columns[place], strict=True):
                found.setdefault(text, line)
            for text, line in found.items():
                answer = self._answer(text)
                point = None if answer is None else points_of(answer, is_ticked=self._rule.is_ticked)
                if point is not None:
                    self._seen.setdefault(point, (line, name))

    def refuse_contradiction(self) -> None:
        """One answer that only another coding has makes every score of the file doubtful, so none is taken."""
        other = contradiction(self._rule, self._coding, self._seen)
        if other is None:
            return
        point = next(one for one in self._seen if contradiction(self._rule, self._coding, [one]))
        line, column = self._seen[point]
        raise FileRefused(
            f"holds the answer {point}, which the coding {self._coding} doesn't have, while all answers of these "
            f"columns fit the coding {other}: write `coding: {other}` in the mapping, or correct the file",
            line,
            column,
        )

    def read(self, chunk: Chunk) -> Sequence[Said]:
        """The score of each record; nothing where no item says anything."""
        columns = [chunk.columns[place] for place in self._places.values()]
        return [self._scored(row) for row in zip(*columns, strict=True)]

    def notes(self) -> Iterator[str]:
        """What is worth telling about the scores that were made."""
        name = self._instrument
        if self._seen and len(self._rule.codings) > 1 and is_undecided(self._rule, self._seen):
            yield f"No answer to the {name} shows whether the coding {self._coding} is right: it stands as told."
        if self._prorated:
            yield f"{self._prorated:,} {name} scores are worked out from fewer than {self._rule.items} answers."
        if self._empty and self._rule.least_answered == 0:
            yield (
                f"{self._empty:,} records tick no statement of the {name}, and nothing says that it was filled in: no "
                "score is made of them. Give 0 for what was not ticked."
            )

    def _answer(self, given: str) -> str | None:
        text = given.strip(BLANKS)
        if not text or (word := canon(text)) in self._missing:
            return None
        return self._values.get(word, text)

    def _scored(self, row: Sequence[str]) -> Said:
        answers = [self._answer(text) for text in row]
        if not any(answer is not None for answer in answers):
            if any(text.strip(BLANKS) for text in row):
                return Fault(None, None, f"no item of the {self._instrument} is answered", is_ignored=True)
            self._empty += 1
            return None
        # codes for no answer are kept as they were given
        codes = {text.strip(BLANKS) for text, answer in zip(row, answers, strict=True) if answer is None} - {""}
        given = [answer or text.strip(BLANKS) for text, answer in zip(row, answers, strict=True)]
        scored = score_items(self._instrument, given, coding=self.cell.coding, form=self.cell.form, missing=codes)
        if scored.status == DONE:
            self._prorated += bool(scored.warnings)
            return Made.of(scored)
        if scored.status == MISSING:
            at = scored.faulty[0] - 1
            return Fault(self.cell.items[at], None, f"is not answered: {scored.reason}")
        at = next(number for number in scored.faulty if answers[number - 1] is not None) - 1
        return Fault(self.cell.items[at], row[at], f"can't be: {scored.reason}. So there is no score: {_MEND}")


def told_items(values: Sequence[object]) -> dict[str, Sequence[str | None]]:
    """The column `items` beside scores of which some were made of items; none where none was."""
    if not any(isinstance(value, Made) for value in values):
        return {}
    return {"items": [value.told if isinstance(value, Made) else None for value in values]}


def questionnaires(fields: Sequence[Field]) -> list[Answers]:
    """Those fields that are made of items."""
    return [one for one in fields if isinstance(one, Answers)]


def fields_of(rule: Rule, mapping: Mapping, header: Sequence[str]) -> list[Field]:
    """The fields of one rule, ready to read the records of a file with this header."""
    instrument = rule.cells.get("instrument", Cell()).fixed or ""
    return [
        Answers(name, cell, mapping, header, instrument) if cell.items else Field(name, cell, mapping, header)
        for name, cell in rule.cells.items()
    ]
