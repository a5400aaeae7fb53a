"""Strengths as the titles of columns: ticked, ranked or scored."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache, partial

from matcher.files.strengths.cells import Known
from matcher.files.strengths.shapes import NONE, Entry, Strengths, entry, sample
from matcher.files.strengths.source_of import OURS, Origins
from matcher.files.strengths.titles import ABOUT, ORDERED, SCORED, named_options
from matcher.files.tables.columns import NO, YES, plain, titles
from matcher.files.tables.table import Row, Table
from matcher.people.names import fold

WHOLE = 20
"""So many columns with a strength as title are a framework's grid, whatever other columns are called."""

LEAST = 3
"""Fewer columns are no grid: a roster may well have an attribute that is called “Focus”."""

READABLE = 0.9
"""So many of a grid's cells have to be ticks or numbers."""

TICKED = YES | {"✔️", "☑", "✅", "●", "•", "*", "+", "■", "checked", "selected", "on", "oui", "ja", "si", "sí"}
UNTICKED = NO | {"✗", "✘", "❌", "☐", "□", "○", "—", "n/a", "na", "none", "unchecked", "off", "non", "nein"}

OTHER = re.compile(r"\b(?:super ?power|strength|talent).*\bother\b")
"""The title of a form's column for what was written instead of ticked."""

NUMBER = re.compile(
    r"#?\s*(\d{1,3}(?:[.,]\d+)?)\s*(?:(?:st|nd|rd|th)?(?:\s+(?:choice|place))?|\s*%|\.|\s*[-–—:=]\s+\D.*)",
    re.I,
)


AGREES = {
    answer: score
    for score, answers in (
        (4.0, "strongly agree, agree strongly, completely agree, very much like me"),
        (3.0, "agree, mostly agree, like me, mostly like me"),
        (2.0, "somewhat agree, agree somewhat, slightly agree, somewhat like me"),
        (0.0, "neutral, undecided, neither agree nor disagree, somewhat disagree, disagree somewhat"),
        (0.0, "slightly disagree, disagree, mostly disagree, strongly disagree, disagree strongly"),
        (0.0, "completely disagree, unlike me, mostly unlike me, very much unlike me, not like me"),
        (0.0, "not like me at all, not at all like me"),
    )
    for answer in answers.split(", ")
}
"""Answers to “this is a strength of mine”, as scores; who does not agree does not have it. None is 1, with
which places begin."""


@cache
def number(cell: str) -> float | None:
    """Return the number that a cell of a grid says: ``2``, ``2nd``, ``#2``, ``4 - agree``, ``85 %``.

    So does an answer in words, such as ``strongly agree``; see :data:`AGREES`.
    """
    match = NUMBER.fullmatch(cell.strip())
    return float(match[1].replace(",", ".")) if match else AGREES.get(fold(cell).strip(" .!"))


def in_a_grid(
    table: Table, known: Known, origins: Origins, columns: Collection[int], told: bool
) -> Strengths:
    """Return the strengths that are columns, with a tick, a place or a score for each member."""
    header = {index: table.header[index] for index in sorted(columns)}
    names, framework = _named(header, known, origins)
    about = len(names) > 1 and all(ABOUT.search(plain(table.header[index])) for index in names)
    if len(names) < (1 if told else 2 if about else LEAST):
        return NONE
    sure = about or len(names) >= WHOLE
    rows = sample(table)
    words = {fold(name) for name in names.values()} | {fold(table.header[i]) for i in names}
    cells = [cell for row in rows for i in names if (cell := fold(row.cells[i]))]
    ticks = [cell for cell in cells if cell in TICKED or cell in words]
    numbers = [cell for cell in cells if number(cell) is not None]
    unticked = sum(cell in UNTICKED for cell in cells)
    reader = _Reader(table, names, words)
    if len(set(numbers) - {"0", "1"}) and len(numbers) + unticked >= READABLE * len(cells):
        return replace(_numbers(table, names, framework, reader, rows), sure=sure)
    if not cells or len(ticks) + unticked < READABLE * len(cells):
        return NONE
    reader.written = [
        (i, known) for i in header if i not in names and about and OTHER.search(plain(header[i]))
    ]
    return Strengths(
        shape="a column for each strength, ticked",
        framework=framework,
        meanings=dict.fromkeys([*names, *(i for i, _ in reader.written)], "superpowers"),
        ranked=False,
        sure=sure,
        entries=reader.ticked,
        notes=(
            "The ticks do not say which strength is the strongest, so the columns' order stands; "
            "say that the roster is unranked if it should not count.",
        ),
        listed=False,
    )


def _named(header: Mapping[int, str], known: Known, origins: Origins) -> tuple[dict[int, str], str]:
    """Return the columns that name strengths, and whose strengths they are."""
    header = {i: header[i] for i in named_options(header, lambda text: known(text) or None)}
    ours = named_options(header, known.catalogue.recognise)
    best, framework = ours, OURS
    for other in known.frameworks:
        named = named_options(header, partial(other.find, codes=False))
        coded = named_options(header, other.find)
        named = coded if len(coded) > max(LEAST, len(other.themes) - 2) else named
        if origins.choices.framework == other.name or (
            origins.choices.framework == "" and len(named) > len(best)
        ):
            best, framework = named, other.name
    return best, framework


def _numbers(
    table: Table, names: dict[int, str], framework: str, reader: _Reader, rows: Collection[Row]
) -> Strengths:
    """Return a grid of places or of scores: places are 1, 2, 3 … in a row, each once."""
    above = " ".join(table.header[i] for i in names).casefold()
    lines = [line for row in rows if (line := sorted(v for i in names if (v := number(row.cells[i]))))]
    places = sum(_are_places(line, len(names)) for line in lines)
    ranks = places >= 0.8 * len(lines)
    if SCORED.search(above) or ORDERED.search(above):
        ranks = bool(ORDERED.search(above)) and not SCORED.search(above)
    notes = [
        "The numbers in the columns of strengths are taken for "
        + ("places: 1 is the strongest." if ranks else "scores: the largest is the strongest.")
    ]
    if any(fold(row.cells[i]).strip(" .!") in AGREES for row in rows for i in names):
        notes.append("Whoever agrees has the strength; who is neutral or disagrees does not.")
    unclear = len(lines) - places
    if ranks and unclear:
        notes.append(
            "In some rows two strengths have one place, or a place is missing; the columns' order decides."
        )
    return Strengths(
        shape=f"a column for each strength, with its {'place' if ranks else 'score'}",
        framework=framework,
        meanings=dict.fromkeys(names, "superpowers"),
        entries=reader.placed if ranks else reader.scored,
        notes=tuple(notes),
        listed=False,
    )


def _are_places(line: list[float], columns: int) -> bool:
    """Return whether sorted numbers can be places: whole, from 1, each once, none beyond the last column."""
    whole = all(value.is_integer() for value in line)
    return whole and line[0] == 1 and line[-1] <= columns and len(set(line)) == len(line)


class _Reader:
    """Reads the rows of a grid."""

    def __init__(self, table: Table, names: dict[int, str], words: set[str]) -> None:
        self.columns = list(names.items())
        self.titles = titles(table)
        self.words = words
        self.written: list[tuple[int, Known]] = []

    def ticked(self, row: Row) -> tuple[Entry, ...]:
        ticked = [self._entry(i, name, row) for i, name in self.columns if self._is_ticked(row.cells[i])]
        others = [
            self._entry(i, text, row) for i, known in self.written for text in known.entries(row.cells[i])
        ]
        return (*ticked, *others)

    def placed(self, row: Row) -> tuple[Entry, ...]:
        return self._sorted(row, 1)

    def scored(self, row: Row) -> tuple[Entry, ...]:
        return self._sorted(row, -1)

    def _sorted(self, row: Row, sign: int) -> tuple[Entry, ...]:
        cells = row.cells
        worth = [
            (sign * value, place)
            for place, (i, _) in enumerate(self.columns)
            if cells[i] and (value := number(cells[i]))
        ]
        worth.sort()
        return tuple([self._entry(*self.columns[place], row) for _, place in worth])

    def _is_ticked(self, cell: str) -> bool:
        word = fold(cell) if cell else ""
        return word in TICKED or word in self.words

    def _entry(self, index: int, name: str, row: Row) -> Entry:
        return entry(name, index, row, self.titles)
