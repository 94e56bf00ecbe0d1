"""Our own files as Parquet: the same kinds and columns as in CSV, whatever the types; rows count from 1."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from plumbline.intake.kinds import Kind
from plumbline.intake.packed import MOST_BYTES
from plumbline.intake.refused import FileRefused
from plumbline.intake.staging import Staging

MAGIC = b"PAR1"
_ROWS = 100_000
_MOST_CELL = 1_000_000
_BROKEN = (pa.ArrowException, OSError, ValueError)

Progress = Callable[[int], None]
KindOf = Callable[[Path, list[str], int], Kind]


def is_parquet(path: Path) -> bool:
    """Whether a file begins as Parquet does."""
    with path.open("rb") as file:
        return file.read(4) == MAGIC


def read_parquet(path: Path, staging: Staging, progress: Progress, kind_of: KindOf) -> list[str]:
    """Put every row of a native Parquet file into staging; gives the columns that are not used. Raises FileRefused."""
    if path.stat().st_size > MOST_BYTES:
        raise FileRefused("the file is larger than 1 GiB: split it, and import the parts together")
    try:
        file = pq.ParquetFile(path)
        names = [name.strip().lower() for name in file.schema_arrow.names]
    except _BROKEN as error:
        raise FileRefused("the Parquet file is damaged: export it again", is_known=False) from error
    kind = kind_of(path, names, 1)
    places = {name: names.index(name) for name in kind.columns if name in names}
    types = {name: file.schema_arrow.field(place).type for name, place in places.items()}
    for name, one in types.items():
        if not _is_flat(one):
            raise FileRefused(f"its column holds {one}, not one value a row: write it as text", 1, name)
    wanted = [file.schema_arrow.names[place] for place in places.values()]
    done = 0
    try:
        for batch in file.iter_batches(_ROWS, columns=wanted):
            cells = {name: text(batch.column(batch.schema.get_field_index(given)))
                     for name, given in zip(places, wanted, strict=True)}
            _put(cells, kind, done, batch.num_rows, staging)
            done += batch.num_rows
            progress(int(path.stat().st_size * done / max(file.metadata.num_rows, 1)))
    except _BROKEN as error:
        reason = f"the Parquet file is damaged after row {done:,}: export it again"
        raise FileRefused(reason, done + 1) from error
    return [name or f"column {place}" for place, name in enumerate(names, 1) if name not in places]


def _is_flat(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return not (pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
                or pa.types.is_duration(kind) or pa.types.is_time(kind))


def text(column: pa.Array) -> pa.Array:
    """A column as the text that a CSV would hold: ISO dates, instants in UTC with their Z, decimal points."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        zone = column.type.tz
        plain = column.cast(pa.timestamp("us", "UTC" if zone else None), safe=False)
        words = pc.strftime(plain, format="%Y-%m-%dT%H:%M:%S")
        return pc.binary_join_element_wise(words, pa.scalar("Z"), "") if zone else words
    return column.cast(pa.string())


def _put(cells: dict[str, pa.Array], kind: Kind, done: int, count: int, staging: Staging) -> None:
    """The rows of one batch; those that hold a NUL or too long a cell are rejected one by one."""
    bad: dict[int, tuple[str, str]] = {}
    for name, column in cells.items():
        for holds, reason in (
            (pc.match_substring(column, "\0"), "holds a NUL character: the file is damaged, export it again"),
            (pc.greater(pc.binary_length(column), _MOST_CELL), "has more than 1,000,000 characters: shorten it"),
        ):
            if pc.any(holds).as_py():
                bad |= dict.fromkeys(pc.indices_nonzero(holds.fill_null(fill_value=False)).to_pylist(), (name, reason))
    for place, (name, reason) in sorted(bad.items()):
        staging.reject(done + place + 1, name, None, reason)
    good = [place for place in range(count) if place not in bad] if bad else None
    rows = pa.array(good, pa.int64()) if good is not None else None
    kept = cells if rows is None else {name: column.take(rows) for name, column in cells.items()}
    lines = [done + 1 + place for place in good] if good is not None else range(done + 1, done + count + 1)
    staging.table(kind.name, lines, kept)
