"""Can a few patients be told from several groups of which each is large? Sums that cancel out, by linear algebra.

Whoever knows a figure of each group (a count, a sum of scores) knows it of every combination of them. Patients who are
in the same groups can't be told apart; they are an atom here. A set of groups gives a small set of patients away if a
combination of them leaves nothing but small atoms. Source: Denning, Denning & Schwartz 1979, "The tracker".
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Patients = npt.NDArray[np.uint64]
_NOTHING = 1e-9


def told_apart(before: list[Patients], new: list[Patients], limit: int) -> bool:
    """Whether new groups give 1 to `limit` patients away that the ones before didn't. Patients of each: sorted."""
    groups = [*before, *new]
    everybody = np.unique(np.concatenate(groups)) if groups else np.empty(0, np.uint64)
    if not len(everybody):
        return False
    member = np.stack([_is_in(everybody, group) for group in groups])
    weights = np.random.default_rng(0).integers(1, 2**63, len(groups), dtype=np.uint64)
    same = np.zeros(len(everybody), np.uint64)  # a number for each pattern of groups
    for row, weight in zip(member, weights, strict=True):
        same[row] += weight
    _, first, sizes = np.unique(same, return_index=True, return_counts=True)
    order = np.argsort(sizes <= limit, kind="stable")  # large ones first
    atoms, sizes = member[:, first[order]].astype(np.float64), sizes[order]
    return bool(_small(atoms, sizes, limit) - _small(atoms[: len(before)], sizes, limit))


def _is_in(everybody: Patients, group: Patients) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(everybody), np.bool_)
    found[np.searchsorted(everybody, group)] = True
    return found


def _small(atoms: npt.NDArray[np.float64], sizes: npt.NDArray[np.int64], limit: int) -> set[tuple[int, ...]]:
    """The sets of atoms, at most `limit` patients together, that combinations of the rows leave alone."""
    rows, pivots = _reduced(atoms)
    large = int((sizes > limit).sum())
    found = set()
    for row, pivot in zip(rows, pivots, strict=False):
        support = np.flatnonzero(np.abs(row) > _NOTHING)
        if pivot >= large and sizes[support].sum() <= limit:
            found.add(tuple(support.tolist()))
    return found


def _reduced(rows: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], list[int]]:
    """The reduced row echelon form, and the column of each row's first 1."""
    rows = rows.copy()
    pivots: list[int] = []
    for column in range(rows.shape[1]):
        done = len(pivots)
        if done == rows.shape[0]:
            break
        best = done + int(np.argmax(np.abs(rows[done:, column])))
        if abs(rows[best, column]) < _NOTHING:
            continue
        rows[[done, best]] = rows[[best, done]]
        rows[done] /= rows[done, column]
        others = np.arange(rows.shape[0]) != done
        rows[others] -= np.outer(rows[others, column], rows[done])
        pivots.append(column)
    return rows, pivots


def apart(one: Patients, other: Patients) -> tuple[int, int]:
    """How many patients are in one and not in the other, and the other way round."""
    both = len(np.intersect1d(one, other, assume_unique=True))
    return len(one) - both, len(other) - both


def left(one: Patients, others: list[Patients]) -> Patients:
    """Who is in one and in none of the others, sorted."""
    found: Any = one
    for other in others:
        found = np.setdiff1d(found, other, assume_unique=True)
    return np.asarray(found, dtype=np.uint64)
