"""What an import did, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_MOST_TOLD = 20
COUNTS = ("rows", "accepted", "unchanged", "ignored", "rejected")


@dataclass(frozen=True)
class ImportResult:
    """What became of every row: accepted + unchanged + ignored + rejected = rows, in each file and in all."""

    batch_id: str
    files: list[dict[str, Any]]
    clinics_created: list[dict[str, Any]] = field(default_factory=list)
    columns_ignored: dict[str, list[str]] = field(default_factory=dict)
    kinds_ignored: dict[str, int] = field(default_factory=dict)
    undated_deaths: int = 0
    files_skipped: list[str] = field(default_factory=list)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    dry_run: bool = False
    mappings: list[dict[str, Any]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def totals(self) -> dict[str, int]:
        """The counts over all files."""
        return {name: sum(int(file[name]) for file in self.files) for name in COUNTS}

    @property
    def exit_code(self) -> int:
        """0: no row was rejected; 1: some were, and the rest is stored."""
        return 1 if self.totals["rejected"] else 0

    @property
    def notes(self) -> list[str]:
        """What is worth telling beside the counts, in sentences."""
        said = list(self.told)
        said += [
            f"The clinic {one['clinic']} was not known and was made, in the zone {one['time_zone']} ({one['why']})."
            for one in self.clinics_created
        ]
        said += [
            f"{file}: the columns {', '.join(names)} are not used." for file, names in self.columns_ignored.items()
        ]
        if self.kinds_ignored:
            kinds = ", ".join(f"{count} x {why}" for why, count in self.kinds_ignored.items())
            said.append(f"Ignored: {kinds}.")
        if self.undated_deaths:
            said.append(
                f"Recorded as dead, without the day: {self.undated_deaths} x Patient. They still count as alive here, "
                "since a course is closed on a day: give died_on in patients.csv."
            )
        if self.files_skipped:
            said.append(f"Not read, neither CSV nor JSON: {', '.join(self.files_skipped)}.")
        said += [_told(reject) for reject in self.rejects[:_MOST_TOLD]]
        if len(self.rejects) > _MOST_TOLD:
            said.append(f"And {len(self.rejects) - _MOST_TOLD} rejected rows more: --json lists them all.")
        return said

    def as_dict(self) -> dict[str, Any]:
        """The public JSON of `import --json`. A dry run keeps no rejects in the store, so it lists them itself."""
        return {
            "batch_id": self.batch_id,
            "files": self.files,
            "totals": self.totals,
            "clinics_created": self.clinics_created,
            "columns_ignored": self.columns_ignored,
            "kinds_ignored": self.kinds_ignored,
            "undated_deaths": self.undated_deaths,
            "files_skipped": self.files_skipped,
            "mappings": self.mappings,
            "notes": self.notes,
            "dry_run": self.dry_run,
            **({"rejects": self.rejects} if self.dry_run else {}),
        }


def _told(reject: dict[str, Any]) -> str:
    place = f"{reject['file']}, line {reject['line']}" if reject["line"] else str(reject["file"])
    said = " ".join(str(part) for part in (reject["column"], reject["value"]) if part is not None)
    return f"{place}: {said or 'the row'} {reject['reason']}."
