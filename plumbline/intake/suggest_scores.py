"""Propose which columns of a table are scores, on which instrument and scale, and when each was asked."""

from __future__ import annotations

import re
from collections import Counter

from plumbline.intake import moments
from plumbline.intake.mapping import Cell, Rule
from plumbline.intake.profile import MISSING_NUMBERS, Column, Profile, hints, time_in, words
from plumbline.intake.settled import Settled
from plumbline.intake.suggest_items import Items
from plumbline.intake.suggest_people import People
from plumbline.intake.suggest_scale import by_length, length_of, points_or_percent, ranges, scaled

_DAY = ("time", "taken_at")
_DATED = ("time", ["taken_at"])
_UNITS = {"hour": "hour", "day": "day", "week": "week", "month": "month"}


class Scores:
    """The rules of the scores. Remarks and questions are added to as it goes."""

    def __init__(
        self, look: Profile, people: People, settled: Settled, remarks: dict[str, str], questions: list[str]
    ) -> None:
        self._look, self._people, self._settled = look, people, settled
        self._remarks, self._questions = remarks, questions
        self._dates = [
            one for one in look.columns
            if (one.is_date or (one.is_mostly_date and one.hinted(*_DATED)))
            and one.name not in people.taken and not one.hinted("patients", ["birth_date"])
            and one.told in {None, _DAY}
        ]  # fmt: skip
        self._dates = [one for one in look.columns if one.told == _DAY] or self._dates
        self._left: list[str] = []
        self._items = Items(look, people.taken, settled, remarks, questions)

    def rules(self) -> list[Rule]:
        """One rule for each column of scores; a long table has one rule for all."""
        items = self._items.rules(self._when)
        long = None if items else self._long()
        found = [long] if long else self._wide(items)
        if self._left:
            self._remarks["scores"] = "Left aside: " + "; ".join(self._left)
        if not found:
            told = (self._remarks.get("patient", ""), self._remarks.get("scores", ""))
            self._remarks["patient"] = (
                "No column is known as an instrument of ours (data/reference/instrument.csv), so no score is proposed. "
                + "; ".join(one for one in told if one)
            )
        return found

    def _long(self) -> Rule | None:
        """A table with a column for the instrument and one for the value."""
        names = [one for one in self._look.columns if one.hinted("scores", ["instrument"])]
        held = [one for one in self._look.columns if one.hinted("scores", ["value"])]
        if not names or not held or not held[0].numbers:
            return None
        known = {text: _instrument(words(text)) for text in names[0].filled}
        values: dict[str, str | None] = {text: to for text, to in known.items() if to is not None}
        if not values:
            return None
        if left := sorted(text for text, to in known.items() if to is None):
            self._left.append(f"{', '.join(left[:10])}: no instrument of ours")
        self._remarks["scores[0]"] = f"likely: {names[0].name} names the instrument and {held[0].name} holds the value"
        when = self._when(held[0], "scores[0]")
        cells = {
            "value": Cell(column=held[0].name),
            "instrument": Cell(column=names[0].name, values=values, others="ignore"),
        }
        return Rule("scores", cells | {"taken_at": when})

    def _wide(self, rules: list[Rule]) -> list[Rule]:
        aside = self._people.taken | self._items.used
        columns = [one for one in self._look.columns if one.name not in aside and not one.is_date]
        found: list[tuple[Column, str, Cell, str]] = []
        for one in columns:
            for _, instrument in one.hinted("instrument"):
                if self._items.hold(instrument, _time(one)):
                    self._left.append(f"{one.name}: the {instrument} is worked out from its items")
                    break
                told = self._scaled(one, instrument)
                if told is not None:
                    found.append((one, *told))
                break
        found = self._one_series(found)
        for column, instrument, cell, why in found:
            place = f"scores[{len(rules)}]"
            self._remarks[place] = why
            when = self._when(column, place)
            rules.append(Rule("scores", {"value": cell, "instrument": Cell(fixed=instrument), "taken_at": when}))
        return rules

    def _scaled(self, column: Column, instrument: str) -> tuple[str, Cell, str] | None:
        """The instrument and the scale that the values speak for; None where they are no scores of it."""
        low, high = ranges()[instrument]
        missing = [one for one in column.filled if _plain(one) in MISSING_NUMBERS and not low <= _number(one) <= high]
        numbers = [one for one in column.counted if one not in {_number(code) for code in missing}]
        cell = Cell(column=column.name, missing=tuple(sorted(missing)))
        said = f"; {', '.join(missing)} likely stand for missing" if missing else ""
        if not numbers:
            why = "holds mostly text" if column.filled else "is empty"
            self._left.append(f"{column.name} {why} (--column {column.name}={instrument} takes it all the same)")
            return (instrument, cell, f"certain: as was said{said}") if column.told else None
        if column.told is None and self._is_yes_or_no(column) and high > 1 and not instrument.startswith("vas"):
            self._left.append(f"{column.name} holds only 0 and 1, so it is likely a yes or no")
            return None
        top = numbers[-1]
        if column.told and instrument.startswith("nrs"):
            return instrument, cell, f"certain: as was said{said}"
        if instrument.startswith("nrs") and top > high:
            within = sum(one <= high for one in numbers)
            if 2 * within >= len(numbers):
                self._questions.append(
                    f"{column.name}: {within} of {len(numbers)} different values are {high:g} or less, the largest is "
                    f"{top:g}: a rating with mistakes in it (leave it), or a visual scale to 100 (then write vas_back)?"
                )
                return instrument, cell, f"ask: a rating, or a visual scale{said}"
            instrument, high = "vas_back", 100.0
            said += "; up to 100, so a visual scale and no NRS"
        if instrument == "vas_back" and top <= 1:
            return instrument, scaled(cell, 100), f"likely: a visual scale from 0 to 1, made 0 to 100{said}"
        if instrument == "vas_back" and top <= 10 and (told := self._settled.vas or length_of(column)):
            return by_length(told, cell, said)
        if instrument == "vas_back" and top <= 10:
            self._questions.append(
                f"{column.name}: 0 to {top:g} on a visual scale: centimetres (then add `scale: 10`), millimetres "
                "(leave it), or a numeric rating (then write nrs_back)? (--vas cm, mm or rating)"
            )
            return instrument, cell, f"ask: a visual scale up to {top:g} only{said}"
        if high == 100 and 0 < top <= 1 and instrument == "odi":
            return instrument, scaled(cell, 100), f"likely: a share, made percent{said}"
        if column.scale != 1:
            return instrument, scaled(cell, column.scale), f"certain: points, made percent, as was said{said}"
        if instrument == "odi" and column.told is None and (asked := points_or_percent(column, self._odis())):
            self._questions.append(f"{column.name}: {asked} (--column {column.name}=odi, or odi_points)")
            return instrument, cell, f"ask: percent or points{said}"
        if (numbers[0] < low or top > high) and not column.told:
            self._left.append(
                f"{column.name} holds {numbers[0]:g} to {top:g}, beyond {instrument}'s {low:g} to {high:g}"
            )
            return None
        return instrument, cell, f"likely: by its heading; {numbers[0]:g} to {top:g}{said}"

    def _odis(self) -> list[Column]:
        free = [one for one in self._look.columns if one.name not in self._items.used]
        return [one for one in free if ("value", "odi") in one.hinted("instrument")[:1]]

    def _is_yes_or_no(self, column: Column) -> bool:
        """Whether it and all columns of its series hold nothing but 0 and 1."""
        series = [one for one in self._look.columns if _like(one) == _like(column)]
        return all(set(one.counted) <= {0, 1} for one in series)

    def _one_series(self, found: list[tuple[Column, str, Cell, str]]) -> list[tuple[Column, str, Cell, str]]:
        """Of two columns of one instrument at one time, the one whose like are there at more times."""
        like = Counter(_like(column) for column, *_ in found)
        kept: dict[tuple[str, str], tuple[Column, str, Cell, str]] = {}
        for one in found:
            key = (one[1], one[0].when or _time(one[0]) or one[0].form or " ".join(re.findall("[0-9]+", one[0].name)))
            other = kept.get(key)
            if other is None:
                kept[key] = one
                continue
            first, second = like[_like(other[0])], like[_like(one[0])]
            names = f"{other[0].name} and {one[0].name} are both {one[1]} at one time"
            if first == second:
                self._questions.append(f"{names}: which one counts? (--column NAME=unused for the other)")
                kept[(*key[:1], f"{key[1]} {one[0].name}")] = one
                continue
            kept[key] = one if second > first else other
            self._left.append(f"{names}; kept is {kept[key][0].name}, which is there at more times")
        return list(kept.values())

    def _when(self, column: Column, place: str, rest: str = "") -> Cell:
        """When a column was asked: by its heading, a date beside it, or a column that counts from the procedure."""
        if column.when in {one.name for one in self._look.columns}:
            return Cell(column=column.when)
        if told := column.when or time_in(rest) or _time(column):
            visit = moments.visits().get(told)
            return Cell(visit=told) if visit is not None else Cell(offset=told)
        if self._settled.date:
            return Cell(column=self._settled.date)
        dates = [one for one in self._dates if not column.form or one.form == column.form] or self._dates
        dates = [one for one in dates if self._look.beside(column, one)]
        counted = self._people.times
        if len(dates) == 1:
            return Cell(column=dates[0].name)
        if not dates and counted:
            return self._counted(counted[0])
        self._remarks[place] = f"{self._remarks.get(place, '')}; ask: when it was asked"
        if len(dates) > 1:
            names = ", ".join(one.name for one in dates)
            self._questions.append(
                f"{place}.taken_at: which column is the day of {column.name}, of {names}? (--date COLUMN)"
            )
            return Cell(column=dates[0].name)
        role = column.hinted("instrument")[0][1] if column.hinted("instrument") else "value"
        self._questions.append(f"{place}.taken_at: when was {column.name} asked? (--column {column.name}={role}@WHEN)")
        return Cell(offset="0 d")

    def _counted(self, column: Column) -> Cell:
        (kind, _), *_ = column.hinted("time", ["hour", "day", "week", "month", "visit"])
        if kind in _UNITS and column.numbers:
            return Cell(offset_column=column.name, unit=_UNITS[kind])
        values: dict[str, str | None] = {}
        for text in column.filled:
            told = time_in(words(column.choices.get(text, text)))
            values[text] = told or "0 d"
            if told is None:
                self._questions.append(f"{column.name}: how long after the procedure is {text}? Write it in `values`.")
        return Cell(offset_column=column.name, values=values)


def _time(column: Column) -> str | None:
    """The time in a heading, once the words of its instrument are taken out: 6 min walk is no six minutes."""
    for said in column.said:
        for _, instrument in column.hinted("instrument")[:1]:
            pattern = next(pattern for kind, _, pattern, own in hints() if (kind, own) == ("instrument", instrument))
            if instrument == "walk6min":
                said = re.sub(pattern, " ", said)
        if told := time_in(said):
            return told
    return None


def _like(column: Column) -> str:
    """A heading without its numbers and its first word: what columns of one series share."""
    said = re.sub(r"\b[0-9]+\b", " ", column.said[0])
    return " ".join(said.split()[-2:])


def _instrument(said: str) -> str | None:
    if said.replace(" ", "") in {name.replace("_", "") for name in ranges()}:
        return next(name for name in ranges() if name.replace("_", "") == said.replace(" ", ""))
    return next((own for kind, _, pattern, own in hints() if kind == "instrument" and re.search(pattern, said)), None)


def _plain(text: str) -> str:
    return text.removesuffix(".0")


def _number(text: str) -> float:
    return float(text.replace(",", "."))
