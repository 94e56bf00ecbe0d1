"""Can a few patients be told from several groups of which each is large? Sums that cancel out, by linear algebra.

Whoever knows a figure of each group (a count, a sum of scores) knows it of every combination of them. Figures are of
procedures: those that are in the same groups can't be told apart; they are an atom here, as large as its patients are
many. A set of groups gives a small set of patients away if a combination of them leaves nothing but small atoms.
Source: Denning, Denning & Schwartz 1979, "The tracker".
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Procedures = npt.NDArray[np.uint64]
"""Numbers of `cohort/procedure_by_definition`, sorted: the upper bits are the patient's."""

OF_EPISODE = 24  # lower bits
_NOTHING = 1e-9


def told_apart(before: list[Procedures], new: list[Procedures], limit: int) -> bool:
    """Whether new groups give 1 to `limit` patients away that the ones before didn't."""
    groups = [*before, *new]
    everybody = np.unique(np.concatenate(groups)) if groups else np.empty(0, np.uint64)
    if not len(everybody):
        return False
    member = np.stack([_is_in(everybody, group) for group in groups])
    weights = np.random.default_rng(0).integers(1, 2**63, len(groups), dtype=np.uint64)
    same = np.zeros(len(everybody), np.uint64)  # a number for each pattern of groups
    for row, weight in zip(member, weights, strict=True):
        same[row] += weight
    _, first, of = np.unique(same, return_index=True, return_inverse=True)
    sizes = _people(of, everybody >> np.uint64(OF_EPISODE))
    order = np.argsort(sizes <= limit, kind="stable")  # large ones first
    atoms, sizes = member[:, first[order]].astype(np.float64), sizes[order]
    return bool(_small(atoms, sizes, limit) - _small(atoms[: len(before)], sizes, limit))


def patients(of: Procedures) -> int:
    """How many patients procedures are of."""
    return len(np.unique(of >> np.uint64(OF_EPISODE)))


def _people(atom: npt.NDArray[np.int64], patient: Procedures) -> npt.NDArray[np.int64]:
    """How many patients are in each atom."""
    order = np.lexsort((patient, atom))
    atom, patient = atom[order], patient[order]
    is_new = np.append(True, (np.diff(atom) != 0) | (np.diff(patient) != 0))
    return np.bincount(atom[is_new])


def _is_in(everybody: Procedures, group: Procedures) -> npt.NDArray[np.bool_]:
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


def apart(one: Procedures, other: Procedures) -> tuple[int, int]:
    """How many patients have procedures in one that aren't in the other, and the other way round."""
    return patients(left(one, [other])), patients(left(other, [one]))


def left(one: Procedures, others: list[Procedures]) -> Procedures:
    """What is in one and in none of the others, sorted."""
    found: Any = one
    for other in others:
        found = np.setdiff1d(found, other, assume_unique=True)
    return np.asarray(found, dtype=np.uint64)
