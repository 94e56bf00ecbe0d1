"""A planned visit is called the same wherever it is said."""

from __future__ import annotations

from plumbline.visits import visit_words


def test_a_visit_as_people_say_it() -> None:
    said = {"baseline": "before", "day_1": "1 day", "week_6": "6 weeks", "month_1": "1 month", "month_12": "12 months"}
    assert {visit: visit_words(visit, "Label") for visit in said} == said
    assert visit_words("check_up", "Check-up") == "Check-up"
    assert visit_words("check_up") == "check_up"
