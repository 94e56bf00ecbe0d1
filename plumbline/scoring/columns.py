"""Which columns of a file hold a questionnaire's items: named by the caller, or recognised by their names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plumbline.errors import PlumblineError
from plumbline.scoring.rules import Rule

_ITEM = r"(?:questions?|sections?|statements?|items?|sec|frage|abschnitt|pregunta|secci[oó]n|domanda|sezione|q|s|i)"
_NAMES = {"odi": "odi|oswestry", "rmdq": "rmdq|rdq|roland|roland[ _-]morris"}


def item_columns(rule: Rule, header: Sequence[str], named: Sequence[str] = ()) -> list[int]:
    """The places of the items' columns, in the items' order. Raises PlumblineError where that isn't plain."""
    if named:
        return _named(rule, header, named)
    families: dict[str, dict[int, int]] = {}
    pattern = re.compile(
        rf"^(?:({_NAMES.get(rule.instrument, rule.instrument)})[\s_.\-]*)?({_ITEM})?[\s_.\-]*0*(\d{{1,2}})[.:)]?$",
        re.IGNORECASE,
    )
    for place, name in enumerate(header):
        found = pattern.match(name.strip())
        if found and (found[1] or found[2]):
            family = families.setdefault(f"{found[1] or ''} {found[2] or ''}".casefold(), {})
            number = int(found[3])
            if number in family:
                raise PlumblineError(f"Two columns are item {number}: say which with --items.")
            family[number] = place
    wanted = set(range(1, rule.items + 1))
    whole = [family for family in families.values() if set(family) == wanted]
    if len(whole) == 1:
        return [whole[0][number] for number in sorted(wanted)]
    if whole:
        raise PlumblineError(f"Several sets of {rule.items} item columns are there: say which with --items.")
    most = max((len(wanted & set(family)) for family in families.values()), default=0)
    like = f"{rule.instrument}1 to {rule.instrument}{rule.items}, q1 or section1"
    raise PlumblineError(
        f"The {rule.items} item columns were not found ({most} were): call them {like} and so on, "
        "or name them in order with --items."
    )


def _named(rule: Rule, header: Sequence[str], named: Sequence[str]) -> list[int]:
    names = [name.strip().casefold() for name in named]
    if len(names) != rule.items:
        raise PlumblineError(f"--items names {len(names)} columns: the {rule.instrument} has {rule.items} items.")
    if len(set(names)) != len(names):
        raise PlumblineError("--items names one column twice.")
    known = [name.strip().casefold() for name in header]
    if lacking := [name for name in names if name not in known]:
        raise PlumblineError(f"--items names {lacking[0]!r}, which is no column of the file.")
    return [known.index(name) for name in names]
