"""Files with one fault each, as clinics really send them: what is planted, and how it must be named."""

from __future__ import annotations

import json
from dataclasses import dataclass

HEADS = {
    "patients": "patient_id,birth_date,sex,clinic,given_name,died_on",
    "episodes": "episode_id,patient_id,performed_at,levels,fracture_on,discharged_at",
    "scores": "patient_id,taken_at,instrument,value,status",
    "milestones": "episode_id,milestone,status,on",
    "events": "episode_id,kind,on,level,detail",
    "medications": "episode_id,drug,started_on,stopped_on,dose,opioid",
    "notes": "episode_id,written_at,kind,text",
}
GOOD = {
    "patients": "good{n},1950,F,north,Ada,",
    "episodes": "goode{n},p2,2026-03-01,L1,,",
    "scores": "p1,2026-02-01T10:{n:02d},nrs_back,5,",
    "milestones": "e1,stairs,achieved,2026-02-01T10:{n:02d}",
    "events": "e1,fall,2026-02-01T10:{n:02d},,",
    "medications": "e1,drug{n},2026-02-01,,,",
    "notes": "e1,2026-02-01T10:{n:02d},call,Walks to the shop.",
}


@dataclass(frozen=True)
class Fault:
    """A fault in lines of a native file, between two sound rows. `column`, `value`: as the reject names them."""

    name: str
    kind: str
    rows: str
    column: str | None
    value: str | None
    words: str

    def lines(self, number: int) -> tuple[str, list[int]]:
        """The file, and the lines of it that must be named."""
        good = [GOOD[self.kind].format(n=2 * number % 60 + one) for one in (0, 1)]
        good = [row.replace("T10:", f"T{8 + 2 * number // 60:02d}:") for row in good]
        rows = self.rows.split("\n")
        return "\n".join([HEADS[self.kind], good[0], *rows, good[1]]) + "\n", list(range(3, 3 + len(rows)))


def score(name: str, value: str, words: str) -> Fault:
    """A fault in the value of a score."""
    return Fault(name, "scores", f'p1,2026-01-06,nrs_back,"{value}",', "value", value or None, words)


def at(name: str, taken_at: str, words: str) -> Fault:
    """A fault in the instant of a score."""
    return Fault(name, "scores", f"p1,{taken_at},nrs_back,5,", "taken_at", taken_at or None, words)


def whose(name: str, patient_id: str, words: str) -> Fault:
    """A fault in who a score is of."""
    return Fault(name, "scores", f"{patient_id},2026-01-06,nrs_back,5,", "patient_id", patient_id or None, words)


def person(name: str, row: str, column: str, value: str | None, words: str) -> Fault:
    """A fault in a patient."""
    return Fault(name, "patients", row, column, value, words)


def procedure(name: str, row: str, column: str, value: str | None, words: str) -> Fault:
    """A fault in a procedure."""
    return Fault(name, "episodes", row, column, value, words)


def broken(name: str, row: str, words: str) -> Fault:
    """A line that is no row."""
    return Fault(name, "scores", row, None, None, words)


LINES = [
    score("score out of range", "11", "lies outside 0 to 10, the range of nrs_back: check the value"),
    score("negative score", "-3", "lies outside 0 to 10"),
    score("a code for missing, 999", "999", "empty the cell if it stands for a missing value"),
    score("a code for missing, -9", "-9", "empty the cell if it stands for a missing value"),
    score("decimal comma", "7,5", "has a decimal comma: write a decimal point"),
    score("thousands sign", "1.234,5", "has a sign between thousands"),
    score("scientific notation too large", "1e999", "is too large a number"),
    score("scientific notation", "1e2", "lies outside 0 to 10"),
    score("not a number", "NaN", "leave the cell empty where nothing was measured"),
    score("infinite", "inf", "leave the cell empty where nothing was measured"),
    score("per cent", "45%", "write it without the sign for per cent"),
    score("text beside a number", "7 points", "write it without the text beside it"),
    score("less than", "<3", "is not an exact number"),
    score("two numbers", "7-8", "is not one number but two"),
    score("a letter for a digit", "1O", "is not a number alone"),
    score("part of a point", "7.5", "is not a whole number, as nrs_back needs"),
    score("formula", "=1+1", "is not a number but a formula"),
    score("a formula's error", "#REF!", "is not a number but a formula, or its error"),
    score("required cell empty", "", "is empty: give the score, or the status"),
    at("impossible date", "2026-02-31", "does not exist in the calendar"),
    at("swapped day and month", "2026-13-01", "does not exist in the calendar"),
    at("day or month first", "05/01/2026", "does not say which is day and which is month"),
    at("year of two digits", "05.01.26", "has a year of two digits"),
    at("a spreadsheet's day number", "46027", "likely 2026-01-05: format the column as a date"),
    at("a column too narrow", "########", "Widen it and export it again"),
    at("before birth", "1940-01-06", "lies before the patient's birth"),
    at("future date", "2090-01-06", "lies in the future"),
    at("the year 1812", "1812-01-06", "is before 1900"),
    at("clocks went forward", "2026-03-08T02:30", "the clocks went forward over it"),
    at("time zone in letters", "2026-01-06T10:00 CET", "write the offset from UTC"),
    at("offset that isn't", "2026-01-06T10:00+25:00", "is not a date or time that exists"),
    at("hour 25", "2026-01-06T25:00", "is not a date or time that exists"),
    at("afternoon in English", "2026-01-06 10:30 PM", "write the hour from 0 to 23"),
    at("no date", "", "is empty: give the date"),
    Fault(
        "after death", "scores", "dead,2026-02-06,nrs_back,5,", "taken_at", "2026-02-06", "after the patient's death"
    ),
    whose("unknown patient", "nobody", "is not a known patient: import it first"),
    whose("leading zeros lost", "7", "Known is 007: is it the same, with zeros, capitals or blanks lost?"),
    whose("capitals in an id", "P1", "Known is p1"),
    whose("no patient", "", "is empty: give the patient's or the episode's id"),
    whose("footer", "Total", "looks like a total below the table"),
    whose("comment with cells", "# exported by the ward", "begins with #, as a comment does"),
    whose("header in the middle", "patient_id", "repeats the header: take the line out"),
    Fault(
        "byte order mark inside",
        "scores",
        "\ufeffpatient_id,taken_at,instrument,value,status",
        "patient_id",
        "patient_id",
        "repeats the header: take the line out",
    ),
    Fault(
        "unknown instrument", "scores", "p1,2026-01-06,nrs_bck,5,", "instrument", "nrs_bck", "is not a known instrument"
    ),
    Fault("value beside unable", "scores", "p1,2026-01-06,tug,5,unable", "value", "5", "which has no value"),
    Fault("unknown status", "scores", "p1,2026-01-06,tug,,sick", "status", "sick", "is not a known status"),
    Fault(
        "duplicate with another value",
        "scores",
        "p1,2026-01-07,nrs_back,5,\np1,2026-01-07,nrs_back,6,",
        "value",
        None,
        "the import holds two different values for this: 5",
    ),
    broken("comment", "# exported by the ward", "begins with #, as a comment does"),
    broken("merged lines", "p1,2026-01-06,nrs_back,5,p1,2026-01-07,nrs_back,6,", "lost the line break between them"),
    broken("ragged row", "p1,2026-01-06,nrs_back", "has 3 cells where the header has 5: give every cell"),
    broken("a cell too many", "p1,2026-01-06,nrs_back,5,done,9", "put text with a comma in quotes"),
    broken("wrong delimiter", "p1;2026-01-06;nrs_back;5;", "has semicolons between its cells and the header commas"),
    Fault(
        "NUL",
        "scores",
        "p1,2026-01-06,nrs\0back,5,",
        "instrument",
        "nrs\ufffdback",
        "holds a NUL character",
    ),
    person(
        "31 February as birth", "x,1950-02-31,F,north,,", "birth_date", "1950-02-31", "does not exist in the calendar"
    ),
    person("birth with the day first", "x,17.05.1944,F,north,,", "birth_date", "17.05.1944", "write 1944, 1944-05"),
    person("born in the future", "x,2090-01-01,F,north,,", "birth_date", "2090-01-01", "lies in the future"),
    person(
        "died before birth", "x,1950,F,north,,1949-01-01", "died_on", "1949-01-01", "lies before the patient's birth"
    ),
    person("a code for sex", "x,1950,2,north,,", "sex", "2", "write female, male, other or unknown"),
    person("no clinic", "x,1950,F,,,", "clinic", None, "is empty: give the clinic"),
    person("garbled letters", "x,1950,F,north,MÃ¼ller,", "given_name", "MÃ¼ller", "read in the wrong encoding"),
    person("blanks in an id", "p  1,1950,F,north,,", "patient_id", "p  1", "holds blanks that can't be told apart"),
    person("an id cut by a spreadsheet", "1.23E+09,1950,F,north,,", "patient_id", "1.23E+09", "has shortened"),
    person(
        "another birth than stored",
        "p1,1961,F,north,,",
        "birth_date",
        "1961",
        "differs from what is stored (1944-05-17)",
    ),
    person("two patients, one id", "x2,1950,F,north,,\nx2,1961,F,north,,", "birth_date", None, "two different values"),
    procedure("procedure in the future", "x,p1,2090-01-01,L1,,", "performed_at", "2090-01-01", "lies in the future"),
    procedure(
        "procedure before birth", "x,p1,1930-01-01,L1,,", "performed_at", "1930-01-01", "before the patient's birth"
    ),
    procedure("unknown level", "x,p1,2026-03-01,L6,,", "levels", "L6", "holds L6, which is no level"),
    procedure(
        "fracture after it", "x,p1,2026-03-01,L1,2026-03-02,", "fracture_on", "2026-03-02", "after the procedure"
    ),
    procedure(
        "discharge before it", "x,p1,2026-03-01,L1,,2026-02-02", "discharged_at", "2026-02-02", "before the procedure"
    ),
    procedure(
        "one id, two days", "y,p1,2026-03-01,L1,,\ny,p1,2026-03-02,L1,,", "performed_at", None, "two different values"
    ),
    Fault(
        "unknown milestone", "milestones", "e1,flying,achieved,2026-01-07", "milestone", "flying", "is not a milestone"
    ),
    Fault(
        "milestone before the procedure",
        "milestones",
        "e1,driving,achieved,2026-01-01",
        "on",
        "2026-01-01",
        "is reached before the procedure",
    ),
    Fault(
        "unknown episode", "milestones", "e9,stairs,achieved,2026-01-07", "episode_id", "e9", "is not a known episode"
    ),
    Fault("unknown event", "events", "e1,explosion,2026-01-07,,", "kind", "explosion", "is not a known kind"),
    Fault("unknown level of an event", "events", "e1,fall,2026-01-07,S1,", "level", "S1", "is not a known level"),
    Fault(
        "stopped before started",
        "medications",
        "e1,x,2026-01-07,2026-01-01,,",
        "stopped_on",
        "2026-01-01",
        "before the start",
    ),
    Fault("unit in the dose", "medications", "e1,x,2026-01-07,,50mg,", "dose", "50mg", "without the text beside it"),
    Fault("perhaps an opioid", "medications", "e1,x,2026-01-07,,50,perhaps", "opioid", "perhaps", "write true, false"),
    Fault("empty note", "notes", "e1,2026-01-07,call,", "text", None, "is empty: give the words of the note"),
    Fault(
        "garbled note", "notes", "e1,2026-01-07,call,BÃ¼cken â€“ besser", "text", "BÃ¼cken â€“ besser", "wrong encoding"
    ),
]

# Faults of a whole file: its name, its bytes, the column, the words, and how many of its rows are taken.
FILES: list[tuple[str, str, bytes, str | None, str, int]] = [
    (
        "missing column",
        "scores.csv",
        b"patient_id,taken_at,instrument\np1,2026-01-06,nrs_back\n",
        "value",
        "lacks value",
        0,
    ),
    ("a column twice", "scores.csv", b"patient_id,taken_at,instrument,value,value\n", "value", "names value twice", 0),
    ("empty file", "scores.csv", b"", None, "the file is empty", 0),
    ("unknown file", "other.csv", b"a,b\n1,2\n", None, "can't be told from its columns", 0),
    (
        "not UTF-8",
        "notes.csv",
        b"episode_id,written_at,kind,text\ne1,2026-01-08,call,besser\ne1,2026-01-09,call,m\xfcde\n",
        "text",
        "is not valid UTF-8: save the file as UTF-8",
        1,
    ),
    (
        "a quote left open",
        "scores.csv",
        b'patient_id,taken_at,instrument,value\np1,2026-01-08,nrs_back,5\np1,"2026-01-09,nrs_back,5\n',
        None,
        "opens a quote that is never closed",
        1,
    ),
    (
        "a quote within a cell",
        "notes.csv",
        b'episode_id,written_at,kind,text\ne1,2026-01-10,call,ok\ne1,2026-01-11,call,"a "b" c"\n',
        None,
        "closed before the end of its cell",
        1,
    ),
]


def observation(value: dict[str, object]) -> bytes:
    """An Observation of back pain."""
    told = {
        "resourceType": "Observation", "id": "o1", "status": "final", "subject": {"reference": "Patient/p1"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "72514-3"}]},
        "effectiveDateTime": "2026-01-12T10:00:00Z", "valueQuantity": value,
    }  # fmt: skip
    return json.dumps(told).encode()
