"""What somebody says a column is stands before what its heading suggests, on the page and on the command line alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from plumbline import intake
from plumbline.errors import PlumblineError
from plumbline.intake.mapping import Cell, Mapping, Rule
from plumbline.intake.roles import UNUSED, Said, labels, taken_for
from plumbline.intake.settled import Settled
from plumbline.store import reference_frame

NERVE = "subject,group,gender,age,vps_rest,vps_movement\n1,1,F,52,0,0\n2,2,M,35,3,6\n3,1,F,61,7,9\n"
ANSWERS = {"clinic": "north", "pathway": "other", "index_date": "2026-01-05T12:00"}


def proposed(folder: Path, *said: Said, text: str = NERVE) -> Mapping:
    (folder / "data.csv").write_text(text, encoding="utf-8")
    return intake.propose(folder / "data.csv", Settled(**ANSWERS, columns=said))  # type: ignore[arg-type]


def test_what_is_said_of_a_column_settles_every_question_about_it(tmp_path: Path) -> None:
    asked = " ".join(proposed(tmp_path).questions)
    assert "vps_rest and vps_movement are both nrs_pain" in asked
    assert "--column vps_rest=nrs_pain@WHEN" in asked
    mapping = proposed(tmp_path, Said("vps_rest", "nrs_back", "day 1"), Said("vps_movement", UNUSED))
    assert mapping.questions == ()
    (score,) = [rule for rule in mapping.rules if rule.kind == "scores"]
    assert score.cells == {
        "value": Cell(column="vps_rest"), "instrument": Cell(fixed="nrs_back"), "taken_at": Cell(offset="day 1"),
    }  # fmt: skip


def test_two_columns_of_one_instrument_at_two_times_are_no_question(tmp_path: Path) -> None:
    mapping = proposed(tmp_path, Said("vps_rest", "nrs_pain", "30 min"), Said("vps_movement", "nrs_pain", "1 d"))
    assert mapping.questions == ()


def test_a_column_of_any_name_can_be_anything(tmp_path: Path) -> None:
    text = "a,b,c,d,e,f\nP1,1940-02-03,w,2026-01-05,2026-02-01,4\nP2,1941-02-03,m,2026-01-06,2026-02-02,5\n"
    roles = ("patient_id", "birth_date", "sex", "performed_at", "taken_at", "nrs_back")
    said = [Said(column, role) for column, role in zip("abcdef", roles, strict=True)]
    (tmp_path / "data.csv").write_text(text, encoding="utf-8")
    mapping = intake.propose(
        tmp_path / "data.csv", Settled(clinic="north", pathway="kyphoplasty", columns=tuple(said))
    )  # fmt: skip
    assert mapping.questions == ()
    assert mapping.patient.cells["patient_id"] == Cell(column="a")
    assert mapping.patient.cells["sex"].values == {"m": "male", "w": "female"}
    assert mapping.rules[1].cells["performed_at"] == Cell(column="d")
    assert mapping.rules[2] == Rule(
        "scores", {"value": Cell(column="f"), "instrument": Cell(fixed="nrs_back"), "taken_at": Cell(column="e")}
    )
    told = {name: (one.role, one.when) for name, one in taken_for(mapping).items()}
    assert told == {column: (role, "") for column, role in zip("abcdef", roles, strict=True)}


def test_what_a_proposal_takes_a_column_for_proposes_the_same_again(tmp_path: Path) -> None:
    first = proposed(tmp_path, Said("vps_rest", "nrs_back", "day 1"), Said("vps_movement", UNUSED))
    again = proposed(tmp_path, *taken_for(first).values(), Said("vps_movement", UNUSED))
    assert again.rules == first.rules


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said("nobody", "sex"), "There is no column nobody"),
        (Said("age", "shoe"), "shoe is no role of a column"),
        (Said("vps_rest", "nrs_pain", "soon"), "soon doesn't say when vps_rest was asked"),
    ],
)
def test_what_cannot_be_said_is_refused_with_what_can(tmp_path: Path, said: Said, words: str) -> None:
    with pytest.raises(PlumblineError, match=words):
        proposed(tmp_path, said)


def test_every_instrument_is_a_role() -> None:
    assert set(reference_frame("instrument")["instrument"]) <= set(labels())


def test_points_of_an_odi_are_asked_about_and_made_percent(tmp_path: Path) -> None:
    lines = "".join(f"{one},n,2026-01-0{one},{20 + one}\n" for one in range(1, 8))
    text = f"id,clinic,surgery date,ODI 6 weeks\n{lines}"
    asked = proposed(tmp_path, text=text)
    assert "points of 50, or percent? (--column ODI 6 weeks=odi, or odi_points)" in asked.questions[0]
    assert proposed(tmp_path, text=text.replace("ODI 6", "ODI % 6")).questions == ()
    for role, scale in (("odi", 1.0), ("odi_points", 2.0)):
        mapping = proposed(tmp_path, Said("ODI 6 weeks", role), text=text)
        assert mapping.questions == ()
        (score,) = [rule for rule in mapping.rules if rule.kind == "scores"]
        assert (score.cells["instrument"].fixed, score.cells["value"].scale) == ("odi", scale)
