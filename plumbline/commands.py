"""What the commands do to an open store: one table, run by the serving process or by the command itself.

Each is a function of the store, its options and a place to tell progress; the answer is plain data that JSON can
hold, so that both ways print the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from plumbline import audit, intake, sql
from plumbline.access import commands as access
from plumbline.backup import backup as copy_store
from plumbline.backup import read_manifest
from plumbline.cohorts import commands as cohorts
from plumbline.compact import compact as sort_store
from plumbline.doctor import stored
from plumbline.errors import PlumblineError
from plumbline.export.store import export as export_store
from plumbline.intake import mappings, undo
from plumbline.intake.mapping import Mapping
from plumbline.intake.reading import Reading
from plumbline.intake.sources import sources
from plumbline.protocol import commands as protocol
from plumbline.report import commands as reports
from plumbline.report import compared
from plumbline.settings import commands as settings
from plumbline.sharing import commands as sharing
from plumbline.status import status_of, today_of
from plumbline.store import Store
from plumbline.trail import report
from plumbline.verify import verify as verify_store

Emit = Callable[[str, int, int], None]
Answer = dict[str, Any]
Command = Callable[[Store, dict[str, Any], Emit], tuple[Any, int]]


def import_files(store: Store, options: dict[str, Any], emit: Emit) -> tuple[Any, int]:
    """Import files or folders. Options: paths, mapping, reading, dry_run, replace, recorded_by. Exit 1: rejects."""
    if not options.get("dry_run"):
        _on_record(store, "import_started", options["recorded_by"])
    result = intake.run(
        store,
        [Path(path) for path in options["paths"]],
        mapping=[_mapping(store, told) for told in options.get("mapping") or ()],
        reading=Reading(**(options.get("reading") or {})),
        dry_run=bool(options.get("dry_run")),
        replace=bool(options.get("replace")),
        recorded_by=str(options["recorded_by"]),
        progress=emit,
    )
    if not result.dry_run:
        _on_record(store, "import_finished", options["recorded_by"], ("import", result.batch_id))
    return result.as_dict(), result.exit_code


def _on_record(store: Store, event: str, by: Any, about: tuple[str, str] | None = None) -> None:
    """Put what a command is asked for on record, before it is done. Raises AuditFailed: then it isn't done."""
    result = "done" if event == "import_finished" else "asked"
    audit.record(store, event, audit.Actor(str(by), "command line"), about, result=result)


def _mapping(store: Store, told: dict[str, str]) -> Mapping:
    return Mapping.from_yaml(told["yaml"]) if "yaml" in told else mappings.load(store, told["name"])


def saved_mappings(store: Store, _options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Every saved mapping."""
    return mappings.saved(store), 0


def save_mapping(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Keep a mapping. Options: yaml, by."""
    kept = mappings.save(store, Mapping.from_yaml(str(options["yaml"])), str(options["by"]))
    return {"name": kept.name, "version": kept.version, "digest": kept.digest}, 0


def rejects(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Every row that an import turned away. Options: batch."""
    with closing(store.cursor()) as cursor:
        return intake.rejects(cursor, str(options["batch"])), 0


def imports(store: Store, _options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Every import so far, the newest first."""
    with closing(store.cursor()) as cursor:
        return sql.rows(cursor, "import/batch_by_start", clinics=None, by=None), 0


def undo_import(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Take an import back, or say what that would do. Options: batch, confirmed, why, by. Exit code 1: not done yet."""
    batch, confirmed = str(options["batch"]), bool(options["confirmed"])
    if not confirmed:
        found = undo.preview(store, batch)
        return found.as_dict() | {"done": False}, 1
    _on_record(store, "import_undone", options["by"], ("import", batch))
    done = undo.undo(store, str(options["by"]), batch, options.get("why"), confirmed=True)
    return done.as_dict() | {"done": True}, 0


def status(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """The verdict on one course. Options: course, as_of (ISO date, or null for today at its clinic)."""
    course, given = str(options["course"]), options["as_of"]
    with closing(store.cursor()) as cursor:
        as_of = today_of(cursor, course) if given is None else date.fromisoformat(given)
        return status_of(cursor, course, as_of), 0


def verify(store: Store, _options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Whether keys, references and summaries hold. Exit code 1: something doesn't."""
    found = verify_store(store)
    return found, 1 if found else 0


def compact(store: Store, _options: dict[str, Any], emit: Emit) -> tuple[Any, int]:
    """Sort what trickled in, so that one patient stays quick to find; changes nothing but the order of rows."""
    return sort_store(store, emit), 0


def backup(store: Store, options: dict[str, Any], emit: Emit) -> tuple[Any, int]:
    """Copy the store into a new folder, while it is used. Options: to, by."""
    _on_record(store, "backup_made", options["by"])
    return copy_store(store, Path(options["to"]), emit), 0


def export(store: Store, options: dict[str, Any], emit: Emit) -> tuple[Any, int]:
    """Write the store into a new folder. Options: to, format, history, deidentified, bulk, by."""
    kind = "deidentified" if options.get("deidentified") else str(options["format"])
    _on_record(store, "export_made", options["by"], ("export", kind))
    told = export_store(
        store,
        Path(options["to"]),
        emit,
        form=str(options["format"]),
        history=bool(options.get("history")),
        deidentified=bool(options.get("deidentified")),
        bulk=bool(options.get("bulk")),
    )
    return told, 0


def verify_audit(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """Whether the record is as it was written. Options: against (a backup's folder, or null). Exit code 1: it isn't."""
    known = None if options.get("against") is None else read_manifest(Path(options["against"])).get("audit")
    wrong = audit.verify(store, known)
    with closing(store.cursor()) as cursor:
        return {"rows": audit.head(cursor)["seq"], "wrong": wrong, "against": known}, 1 if wrong else 0


def search_audit(store: Store, options: dict[str, Any], _emit: Emit) -> tuple[Any, int]:
    """The newest rows of the record; that somebody asked is put on record, too. Options: by, actor, event, object,
    since, until (ISO instants, or null), most."""
    _on_record(store, "audit_read", options["by"])
    given: dict[str, Any] = {name: options[name] for name in ("actor", "event", "object", "most")}
    given |= {name: options[name] and datetime.fromisoformat(options[name]) for name in ("since", "until")}
    with closing(store.cursor()) as cursor:
        return audit.search(cursor, **given), 0


COMMANDS: dict[str, Command] = {
    "import": import_files,
    "rejects": rejects,
    "mappings": saved_mappings,
    "save_mapping": save_mapping,
    "imports": imports,
    "undo_import": undo_import,
    "status": status,
    "verify": verify,
    "compact": compact,
    "backup": backup,
    "export": export,
    "audit_verify": verify_audit,
    "audit_search": search_audit,
    "users": access.users,
    "users_add": access.add_user,
    "users_role": access.change_user,
    "users_disable": access.disable_user,
    **sharing.COMMANDS,
    **protocol.COMMANDS,
    **settings.COMMANDS,
    **cohorts.COMMANDS,
    **reports.COMMANDS,
    **compared.COMMANDS,
    "doctor": stored.command,
}


def refuse(name: str, options: dict[str, Any]) -> None:
    """Raise what can be said of a command before any store is opened or made."""
    if name == "import":
        sources([Path(path) for path in options["paths"]])


def run(store: Store, name: str, options: dict[str, Any], emit: Emit) -> Answer:
    """Run a command; raises nothing but KeyboardInterrupt. `answer` and `exit_code`, or `error` with exit code 2."""
    try:
        if name not in COMMANDS:
            raise PlumblineError(
                f"The running server doesn't know the command {name}: it is another version. Restart it."
            )
        with sql.heeding_ctrl_c():
            answer, exit_code = COMMANDS[name](store, options, emit)
        return {"answer": json.loads(json.dumps(answer, default=_text)), "exit_code": exit_code}
    except PlumblineError as error:
        return {"error": str(error), "exit_code": 2}
    except Exception as error:
        code = report(error)
        return {"error": f"Something went wrong on our side; the log has it under the code {code}.", "exit_code": 2}


def _text(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an answer")
