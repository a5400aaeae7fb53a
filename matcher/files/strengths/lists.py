"""Strengths as words in cells: one cell that lists them, or a column for each place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from itertools import combinations

from matcher.files.strengths.cells import LONG, Known
from matcher.files.strengths.grids import TICKED, UNTICKED, number
from matcher.files.strengths.shapes import NONE, Entry, Strengths, entry, filled, promising, sample
from matcher.files.strengths.source_of import Origin, Origins
from matcher.files.strengths.titles import (
    ABOUT,
    ATTRIBUTE,
    LISTS,
    NOT_PREFERRED,
    NUMBERED_BASES,
    ORDERED,
    PREFERRED,
    UNORDERED,
    numbered,
)
from matcher.files.strengths.titles import OURS as OUR_WORDS
from matcher.files.tables.columns import plain, titles
from matcher.files.tables.table import Row, Table
from matcher.people.names import fold

SOME = 0.3
"""A column whose title is about strengths holds them when so many of its entries are known."""

MOST = 0.6
"""A column whose title says nothing holds strengths when so many of its entries are known."""


def in_places(
    table: Table, known: Known, origins: Origins, columns: Collection[int], told: Mapping[int, int]
) -> Strengths:
    """Return the strengths that stand in numbered columns; ``told`` are those that were chosen, by place."""
    if told:
        return _placed(table, known, told, _origin(table, known, origins, told.values(), codes=True))
    rows = sample(table)
    best: tuple[tuple[bool, float, int], dict[int, int], Origin] | None = None
    for base, places in _places(table, columns).items():
        about = base in NUMBERED_BASES or ABOUT.search(base) is not None
        if 1 not in places or (len(places) < 2 and not about) or NOT_PREFERRED.search(base):
            continue
        if not about and not promising(rows, places[1], partial(lists, known)):
            continue
        origin = _origin(table, known, origins, places.values(), codes=about)
        empty = not any(filled(rows, index) for index in places.values())
        exact = base in NUMBERED_BASES and base != "top"
        surely = (exact and (origin.share > 0 or empty or OUR_WORDS.search(base) is not None)) or (
            about and origin.share >= SOME
        )
        if surely or (origin.share >= MOST and not ATTRIBUTE.search(base)):
            worth = (surely, origin.share, len(places))
            if best is None or worth > best[0]:
                best = worth, places, origin
    if best is None:
        return NONE
    (surely, _, _), places, origin = best
    found = _placed(table, known, places, origin)
    return found if surely else replace(found, sure=False, notes=(_guessed(table, list(found.meanings)),))


def _placed(table: Table, known: Known, places: Mapping[int, int], origin: Origin) -> Strengths:
    meanings = {index: f"superpower {place}" for place, index in sorted(places.items())}
    return Strengths(
        shape="a column for each place, the strongest first",
        framework=origin.framework,
        meanings=meanings,
        entries=words_of(table, known, list(meanings)),
    )


def _places(table: Table, columns: Collection[int]) -> dict[str, dict[int, int]]:
    """Return columns by their place, by what their titles number.

    Titles that are the same, or are missing behind another, count from the left.
    """
    counted: dict[str, dict[int, int]] = {}
    same: dict[str, list[int]] = {}
    before = ""
    for index in sorted(columns):
        title = plain(table.header[index])
        found = numbered(table.header[index])
        if found is not None:
            counted.setdefault(found[0], {}).setdefault(found[1], index)
        before = title or before
        same.setdefault(before, []).append(index)
    alike = {title: dict(enumerate(indices, 1)) for title, indices in same.items() if len(indices) > 1}
    return alike | counted


def in_a_list(
    table: Table, known: Known, origins: Origins, columns: Collection[int], told: bool
) -> Strengths:
    """Return the strengths that a column lists."""
    rows = sample(table)
    ranked: list[tuple[tuple[int, float, int], int, Origin]] = []
    for index in sorted(columns):
        title = plain(table.header[index])
        sure = _says_so(title, told) or int(origins.hinted(title))
        if NOT_PREFERRED.search(title) and not told:
            continue
        if not sure and not promising(rows, index, partial(lists, known)):
            continue
        cells = filled(rows, index)
        if sure < EXACT and (not cells or _marked(cells)):
            continue
        origin = _origin(table, known, origins, [index], codes=bool(sure))
        several = sum(len(known.entries(cell)) for cell in cells)
        needed = 0.0 if sure >= SURELY else SOME if sure else MOST
        if origin.share >= needed and (sure or not ATTRIBUTE.search(title)):
            ranked.append(((sure, origin.share, several), index, origin))
    if not ranked:
        return NONE
    (sure, _, _), index, origin = max(ranked, key=lambda found: (found[0], -found[1]))
    together = [i for (_, _, _), i, _ in ranked] if told else [index]
    ordered, why = _order(table, known, index)
    notes = [] if sure else [_guessed(table, [index])]
    notes += [why] if why else []
    return Strengths(
        shape="one column that lists them",
        framework=origin.framework,
        meanings=dict.fromkeys(sorted(together), "superpowers"),
        ranked=ordered,
        sure=bool(sure),
        entries=words_of(table, known, sorted(together)),
        notes=tuple(notes),
    )


def lists(known: Known, cell: str) -> bool:
    """Return whether a cell lists anything that is known."""
    return len(cell) <= LONG and any(map(known, known.entries(cell)))


SURELY, EXACT = 2, 4
"""How clearly titles say what is below: they speak of superpowers; they are the one that we write."""


def _marked(cells: list[str]) -> bool:
    """Return whether cells hold ticks and numbers, and no words."""
    marks = sum(fold(cell) in TICKED | UNTICKED or number(cell) is not None for cell in cells)
    return marks > len(cells) / 2


def _says_so(title: str, told: bool) -> int:
    """Return how clearly a title says that strengths are below: 4 as we write it, … 0 not at all."""
    if told or title in ("superpowers", "superpower"):
        return EXACT
    if title in LISTS or title in PREFERRED:
        return 3
    if OUR_WORDS.search(title):
        return SURELY
    return 1 if ABOUT.search(title) else 0


def _origin(table: Table, known: Known, origins: Origins, columns: Collection[int], *, codes: bool) -> Origin:
    texts = [e for i in columns for cell in filled(sample(table), i) for e in known.entries(cell)]
    return origins.of(texts, " ".join(table.header[i] for i in columns), codes=codes)


def words_of(table: Table, known: Known, columns: list[int]) -> Callable[[Row], tuple[Entry, ...]]:
    """Return what gives the strengths that the cells of some columns list, in the columns' order."""
    names = titles(table)

    def entries(row: Row) -> tuple[Entry, ...]:
        return tuple(entry(text, i, row, names) for i in columns for text in known.entries(row.cells[i]))

    return entries


def _guessed(table: Table, columns: list[int]) -> str:
    names = titles(table)
    what = (
        f"column “{names[columns[0]]}” is"
        if len(columns) == 1
        else (f"columns “{names[columns[0]]}” to “{names[columns[-1]]}” are")
    )
    return f"The {what} taken for the superpowers, since most of what stands there is known as a strength."


MOST_TOLD = 12
"""So many of a member's strengths tell whether they stand in an order of their own."""


def _order(table: Table, known: Known, index: int) -> tuple[bool, str]:
    """Return whether the places in a list tell something, and the note when they do not.

    A form that lets people tick options writes them in its own order, the same for everybody.
    """
    title = table.header[index].casefold()
    note = (
        f"The answers in “{titles(table)[index]}” stand in the form's order, not in order of strength; "
        "say that the roster is unranked if nobody ranked them."
    )
    if ORDERED.search(title):
        return True, ""
    if UNORDERED.search(title):
        return False, note
    before: dict[tuple[str, str], int] = {}
    for cell in filled(sample(table), index):
        for pair in combinations(known.entries(cell)[:MOST_TOLD], 2):
            before[pair] = before.get(pair, 0) + 1
    often = [pair for pair, times in before.items() if times >= 2]
    same = len(often) >= 10 and not any((b, a) in before for a, b in before)
    return not same, note if same else ""
