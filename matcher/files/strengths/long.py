"""A table with a row for each strength of a member, put together to a row a member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from matcher.files.strengths.cells import Known
from matcher.files.strengths.grids import number
from matcher.files.strengths.shapes import filled, promising, sample
from matcher.files.strengths.titles import ABOUT, ATTRIBUTE, numbered
from matcher.files.tables.choices import Choices
from matcher.files.tables.columns import plain, titles
from matcher.files.tables.headers import ROSTER_HEADERS
from matcher.files.tables.table import Row, Table
from matcher.people.errors import Problem
from matcher.people.names import fold

PERSON: Mapping[str, frozenset[str]] = {
    meaning: frozenset(ROSTER_HEADERS[meaning]) - {"no", "number", "nr"}
    for meaning in ("id", "email", "name", "first name", "last name")
}
"""What tells members apart, the surest first, and how it is called."""

PLACES = frozenset(
    {"rank", "order", "place", "position", "ranking", "priority", "sequence", "no", "nr", "number", "rang"}
)
SCORES = frozenset({"score", "points", "rating", "value", "raw score", "percent", "percentile", "intensity"})
"""How the column is called that puts a member's strengths in order: 1 first, or the largest first."""

ROWS_EACH = 1.9
"""Members have so many rows on average when a row is one strength: in a roster, few answer twice."""

SOME, MOST = 0.3, 0.6
"""So many cells have to be known strengths below a title that is about strengths, or any other."""


Who = tuple[tuple[int, str], ...]
"""What tells whose a row is: columns, and what they say, folded."""


@dataclass(frozen=True)
class _Long:
    """Where a long table tells who, which strength, and its place.

    Parameters
    ----------
    people
        Columns that say who, the surest first; the names' two parts count together.
    strength, order
        Columns of the strength, and of its place or score.
    descending
        Whether the order is by scores.
    by_parts
        Whether first and last name tell members apart together.
    """

    people: tuple[int, ...]
    strength: int = -1
    order: int | None = None
    descending: bool = False
    by_parts: bool = False

    def who(self, row: Row) -> Who:
        """Return what tells whose row it is; empty when it goes on with the row above, as merged cells do."""
        said = [i for i in self.people if row.cells[i].strip()]
        return tuple((i, fold(row.cells[i])) for i in (said if self.by_parts else said[:1]))

    def groups(self, rows: Iterable[Row]) -> dict[Who, list[Row]]:
        """Return the rows of each member; nobody's are those above the first that says whose it is."""
        groups: dict[Who, list[Row]] = {}
        who: Who = ()
        for row in rows:
            who = self.who(row) or who
            groups.setdefault(who, []).append(row)
        return groups


def gathered(table: Table, known: Known, choices: Choices) -> Table | None:
    """Return a long table with a row a member, or nothing when it is none."""
    found = _found(table, known, choices)
    if found is None:
        return None
    return _Gathering(table, *found).table()


def _found(table: Table, known: Known, choices: Choices) -> tuple[_Long, list[list[Row]]] | None:
    """Return where a long table tells what, and the rows of each member."""
    header = [plain(title) for title in table.header]
    meant = [choices.meanings.get(title, "") for title in titles(table)]
    where: dict[str, int] = {}
    for meaning, words in PERSON.items():
        saying = (
            i for i, title in enumerate(header) if meant[i] == meaning or (not meant[i] and title in words)
        )
        index = next(saying, None)
        if index is not None and index not in where.values():
            where[meaning] = index
    several = [base for title in header if (base := (numbered(title) or ("",))[0]) and ABOUT.search(base)]
    if len(table.rows) < 2 or not where or several:
        return None
    people, by_parts = tuple(where.values()), set(where) == {"first name", "last name"}
    whose = _Long(people, by_parts=by_parts)
    groups = whose.groups(table.rows)
    # an export spells somebody the same each time; people who differ by case alone are to be asked about
    members = len({tuple(row.cells[i] for i, _ in who) for row in table.rows if (who := whose.who(row))})
    if len(table.rows) < ROWS_EACH * max(1, members):
        return None
    free = [i for i in range(len(header)) if i not in people and meant[i] in ("", "superpowers")]
    strength = _strength(table, known, free)
    if strength is None:
        return None
    order = next((i for i in free if _orders(header[i]) and i != strength), None)
    if order is not None and any(number(cell) is None for cell in filled(table.rows, order)):
        order = None
    if order is None and members < 2:
        return None  # one member alone, and a row without a name
    descending = order is not None and header[order].split()[-1] in SCORES
    found = replace(whose, strength=strength, order=order, descending=descending)
    return found, list(groups.values())


def _orders(title: str) -> bool:
    """Return whether a title says that the numbers below put a member's strengths in order."""
    return title in PLACES or (title.split() or [""])[-1] in {"rank", "order", "place", "ranking"} | SCORES


def _strength(table: Table, known: Known, columns: list[int]) -> int | None:
    """Return the column that holds one strength a row."""
    best: tuple[float, int] | None = None
    for index in columns:
        title = plain(table.header[index])
        if not promising(sample(table), index, lambda cell: known(known.tidy(cell))):
            continue
        cells = filled(sample(table), index)
        if not cells or ATTRIBUTE.search(title) or any(len(known.entries(cell)) > 1 for cell in cells):
            continue
        share = sum(known(known.tidy(cell)) for cell in cells) / len(cells)
        if share >= (SOME if ABOUT.search(title) else MOST) and (best is None or share > best[0]):
            best = share, index
    return best[1] if best else None


class _Gathering:
    """Puts the rows of members together."""

    def __init__(self, table: Table, found: _Long, groups: list[list[Row]]) -> None:
        self.old, self.found, self.groups = table, found, groups
        self.titles = titles(table)
        self.kept = [i for i in range(len(table.header)) if self._is_theirs(i)]
        self.most = max(len(self._strengths(rows)) for rows in groups)
        self.problems = list(table.problems)

    def table(self) -> Table:
        """Return the table with a row a member."""
        places = (f"superpower {place}" for place in range(1, self.most + 1))
        return replace(
            self.old,
            header=(*(self.old.header[i] for i in self.kept), *places),
            rows=tuple(map(self._member, self.groups)),
            problems=tuple(self.problems),
            notes=(*self.old.notes, self._note()),
        )

    def _is_theirs(self, index: int) -> bool:
        """Return whether a column is about the member; one that changes with each row is not."""
        if index in (self.found.strength, self.found.order):
            return False
        said = [{fold(row.cells[index]) for row in rows if row.cells[index].strip()} for rows in self.groups]
        return index in self.found.people or 2 * sum(len(texts) > 1 for texts in said) <= len(said)

    def _note(self) -> str:
        order = "" if self.found.order is None else f", in the order of “{self.titles[self.found.order]}”"
        return (
            f"{self.old.file}: There is a row for each strength; each member's rows were put together{order}."
        )

    def _member(self, rows: list[Row]) -> Row:
        cells: list[str] = []
        origins: dict[int, tuple[int, str]] = {}
        for index in self.kept:
            said = next((row for row in rows if row.cells[index].strip()), rows[0])
            origins[len(cells)] = said.number, self.titles[index]
            cells.append(said.cells[index])
            self._compare(rows, index, said)
        for row in self._strengths(rows):
            origins[len(cells)] = row.number, self.titles[self.found.strength]
            cells.append(row.cells[self.found.strength])
        cells += [""] * (len(self.kept) + self.most - len(cells))
        return Row(rows[0].number, tuple(cells), origins)

    def _strengths(self, rows: list[Row]) -> list[Row]:
        """Return the rows that name a strength, the strongest first; those without a place come last."""
        order = self.found.order
        named = [row for row in rows if row.cells[self.found.strength].strip()]
        return named if order is None else sorted(named, key=lambda row: self._place(row.cells[order]))

    def _place(self, cell: str) -> float:
        value = number(cell)
        return float("inf") if value is None else -value if self.found.descending else value

    def _compare(self, rows: list[Row], index: int, said: Row) -> None:
        """Report a row that says something else of the same member."""
        counts = fold(said.cells[index])
        other = next(
            (row for row in rows if row.cells[index].strip() and fold(row.cells[index]) != counts), None
        )
        if other is not None:
            message = (
                f"Row {other.number} says “{other.cells[index]}” of the same member; "
                f"“{said.cells[index]}” counts. Make the rows agree."
            )
            self.problems.append(Problem(message, self.old.file, rows[0].number, self.titles[index]))
