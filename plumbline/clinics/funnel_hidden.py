"""Which figures of a funnel are hidden, so that none follows from the others, of clinics or of their surgeons."""

from __future__ import annotations

import pandas as pd

from plumbline.clinics import hidden


def shown(frame: pd.DataFrame, clinics: pd.DataFrame, at: pd.DataFrame, most: int, *, is_share: bool) -> pd.DataFrame:
    """`frame`, a row a unit, with is_hidden (the figure), and received and due as told_received, told_due (None).

    `clinics`: the same of the clinics, where `frame` is of surgeons; else of these very rows. `at`: rows with clinic_id
    and surgeon. Which surgeons a clinic has is known, and its own figure stands in the other view: where a surgeon is
    hidden, another of that clinic is, too, or all of them are; and where the clinic is, all are.
    """
    is_hidden, asked = _shut(frame, most, is_share=is_share), _asked(frame, most)
    if frame is not clinics:
        gone, unsaid = _shut(clinics, most, is_share=is_share), _unsaid(_asked(clinics, most))
        for of, units in _together(at):
            rows = frame.loc[units]
            is_hidden.loc[units] |= _shut(rows, most, is_share=is_share) | bool(gone.loc[of].any())
            lacking = _unsaid(_asked(rows, most)) | _unsaid(asked.loc[units]) | bool(unsaid.loc[of].any())
            asked.loc[units[lacking.to_numpy()]] = None
    return frame.assign(is_hidden=is_hidden, told_received=asked["received"], told_due=asked["due"])


def _shut(frame: pd.DataFrame, most: int, *, is_share: bool) -> pd.Series:
    return hidden.of_shares(frame["observed"], frame["n"], most) if is_share else hidden.of_counts(frame["n"], most)


def _asked(frame: pd.DataFrame, most: int) -> pd.DataFrame:
    pairs = hidden.of_parts(frame["received"], frame["due"], pd.Series(0, frame.index), most)
    return pd.DataFrame(pairs, index=frame.index, columns=["received", "due"], dtype=object)


def _unsaid(asked: pd.DataFrame) -> pd.Series:
    return asked.isna().any(axis=1)


def _together(at: pd.DataFrame) -> list[tuple[list[str], pd.Index]]:
    """Clinics that share surgeons, and these surgeons: most often one clinic alone."""
    found: list[tuple[set[str], set[str]]] = []
    for surgeon, rows in at.dropna(subset=["surgeon"]).groupby("surgeon"):
        of, units = set(rows["clinic_id"]), {str(surgeon)}
        for part in [one for one in found if one[0] & of]:
            found.remove(part)
            of, units = of | part[0], units | part[1]
        found.append((of, units))
    return [(sorted(of), pd.Index(sorted(units))) for of, units in found]
