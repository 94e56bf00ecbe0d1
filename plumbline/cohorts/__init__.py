"""Cohorts: a definition by filters, its versions, and which procedures are in it.

Make one: `Definition.of({"sex": ["female"], "age": {"from": 60, "to": 80}})`, `Definition.from_json(text)`; the filters
are `filters.known()`. `others(definition, shared)` is everybody else within what both share. `definition.digest` tells
one definition from another, `words(definition, names)` says it to people, `to_file` and `from_file` carry it.

Ask: `members(cursor, definition, as_of, clinics)` is the procedures as a frame, `episodes(…)` those of several by their
ids alone, `count(…)` how many, quickly, and `choices(…)` what there is to choose from; `about` and `left_out` say
counts while filters are tried. `clinics` are those that whoever asks may see; None is every one.

Before anything of a cohort is shown, `release.look(…)` refuses what would tell of a few patients, and keeps in mind
what was seen; what is shown goes through `small` first.

Keep: `saved.save`, `rename`, `restore`, `retire` and `imported` each add a version, and no version ever changes;
`saved.listed`, `load`, `versions` and `exported` read them.
"""

from plumbline.cohorts.choices import choices
from plumbline.cohorts.definition import EVERYBODY, Definition, from_file, others, to_file
from plumbline.cohorts.filters import DefinitionError
from plumbline.cohorts.members import Count, count, episodes, members, traits
from plumbline.cohorts.words import about, left_out, words

__all__ = [
    "EVERYBODY",
    "Count",
    "Definition",
    "DefinitionError",
    "about",
    "choices",
    "count",
    "episodes",
    "from_file",
    "left_out",
    "members",
    "others",
    "to_file",
    "traits",
    "words",
]
