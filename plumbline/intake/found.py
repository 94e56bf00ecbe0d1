"""What was found about a file, how sure that is, and why: nothing about a file is guessed silently."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing found about a file.

    name   'encoding' | 'delimiter' | 'quote' | 'line ends' | 'preamble' | 'header' | 'sheet' | 'date order' |
           'decimal sign'
    value  such as 'utf-8', ';', 'line 4'; of 'date order': 'year first', 'day first', 'month first' or
           'day first or month first'; of 'decimal sign': 'dot', 'comma' or 'dot or comma'
    sure   'certain' | 'likely' | 'ask' (it can't be decided from the file; `why` names the option that settles it)
    why    one plain sentence
    """

    name: str
    value: str
    sure: str
    why: str
