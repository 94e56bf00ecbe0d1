"""The columns of a questionnaire's items are known by the names that people give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from plumbline.errors import PlumblineError
from plumbline.intake import scored
from plumbline.intake.scored import Asked, score_file
from plumbline.scoring import rule_of
from plumbline.scoring.columns import item_columns


@pytest.mark.parametrize(
    "name", ["odi_{}", "ODI Q{}", "oswestry{:02}", "Q{}.", "Section {}", "Frage {}", "Pregunta {}", "odi.item.{}"]
)
def test_names_of_items(name: str) -> None:
    header = ["id", *(name.format(number) for number in range(1, 11)), "total"]
    assert item_columns(rule_of("odi"), header) == list(range(1, 11))


def test_two_sets_or_a_set_from_0_are_asked_for_by_name() -> None:
    for header in (
        [f"odi_item_{number}" for number in range(10)],
        [f"ODI_{number}_{time}" for time in ("baseline", "6w") for number in range(1, 11)],
    ):
        with pytest.raises(PlumblineError, match="--items"):
            item_columns(rule_of("odi"), header)


def test_the_keys_of_the_answer_stand_in_its_words(tmp_path: Path) -> None:
    file = tmp_path / "odi.csv"
    file.write_text("id," + ",".join(f"odi{one}" for one in range(1, 11)) + "\na" + ",0" * 10 + "\n", encoding="utf-8")
    answer, _ = score_file(file, Asked("odi", "0-5"))
    for name in (*answer, *answer["rows"][0], *answer["totals"]):
        assert name in str(scored.__doc__)
