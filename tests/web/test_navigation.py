"""The pages of a role, from the one table: navigation, guard and the page's own first line name the same action."""

from __future__ import annotations

import ast

from plumbline import sql
from plumbline.web.navigation import PLACES

PAGES = {path.stem: path for path in (sql.ROOT / "pages").glob("*.py")}


def begins(name: str) -> tuple[str, str]:
    """Title and action of the call that a page begins with."""
    for node in ast.walk(ast.parse(PAGES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "page":
            title, action = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
            return str(title), str(action)
    raise AssertionError(f"{name} doesn't begin with page(...)")


def test_every_page_is_there_once_and_begins_with_its_own_title_and_action() -> None:
    assert sorted(place.name for place in PLACES) == sorted(PAGES)
    assert {place.name: (place.title, place.action) for place in PLACES} == {name: begins(name) for name in PAGES}

