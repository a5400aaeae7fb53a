"""Catalogues: a folder of tables, or a workbook with a sheet for each."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from matcher.files.nearest import did_you_mean, nearest
from matcher.files.references.pairs import header_words
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.columns import Columns, Named, pieces, yes_or_no
from matcher.files.tables.source import read_table
from matcher.files.tables.table import Findings, Row
from matcher.people.catalogue import BASES, Catalogue, Family, Kind, Relation, Superpower
from matcher.people.errors import Fix, InputError, Problem
from matcher.people.names import fold, listed

V = TypeVar("V")

CATALOGUE = Path(__file__).parents[2] / "data" / "catalogue"
"""Ours. A clone is the installation, so it lies beside the package."""

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")
"""What a table's file may be called, the one that we write first."""

ID: Named = {"id": ("id", "key", "code")}
FAMILIES: Named = {
    **ID,
    "name": ("name", "family", "family name"),
    "about": ("about", "description", "meaning"),
}
SUPERPOWERS: Named = {
    **ID,
    "name": ("name", "superpower", "strength"),
    "family": ("family", "kind", "category"),
    "core21": ("core21", "core"),
    "aliases": ("aliases", "alias", "other names", "also called", "synonyms"),
    "description": ("description", "about", "what it brings"),
    "overdone": ("overdone", "too much", "shadow"),
}
RELATIONS: Named = {
    "kind": ("kind", "relation", "type"),
    "a": ("a", "superpower a", "superpower 1", "first"),
    "b": ("b", "superpower b", "superpower 2", "second"),
    "strength": ("strength", "how strong", "weight"),
    "hard in duo": ("hard in duo", "hard"),
    "softened by": ("softened by",),
    "source": ("source", "sources"),
    "basis": ("basis",),
    "why": ("why", "reason", "because"),
}
SOURCES: Named = {"key": ("key", "id", "source"), "meaning": ("meaning", "name", "what it is")}


@cache
def default_catalogue() -> Catalogue:
    """Return our own catalogue."""
    return read_catalogue(CATALOGUE)


def read_catalogue(source: str | os.PathLike[str]) -> Catalogue:
    """Return the catalogue that a folder, or a workbook, holds.

    Parameters
    ----------
    source
        A folder with the tables ``superpowers``, ``families``, ``relations`` and, if wanted,
        ``relation_sources``, in the form of ``data/catalogue``, each ``.csv``, ``.tsv``, ``.txt`` or
        ``.xlsx``; or one workbook with a sheet for each. Without a column ``id``, ids are made from
        the names; families and superpowers are referred to by id, name or alias.

    Raises
    ------
    InputError
        When a table is missing, or something in one is wrong: file, row, column and what to do.
    """
    tables = _Tables(Path(source))
    families = _rows(
        tables.read("families", FAMILIES), ("name",), _family, keys=lambda f: (f.id, fold(f.name))
    )
    superpowers = _rows(
        tables.read("superpowers", SUPERPOWERS),
        ("name", "family"),
        lambda row: _superpower(row, _Known("a family", {f.id: (f.name,) for f in families})),
        keys=lambda s: (s.id, fold(s.name)),
    )
    known = _Known("a superpower", {s.id: (s.name, *s.aliases) for s in superpowers})
    relations = _rows(
        tables.read("relations", RELATIONS),
        ("kind", "a", "b", "strength"),
        lambda row: _relation(row, known),
        keys=lambda r: [(r.kind, *sorted((r.a, r.b)))],
    )
    sources: tuple[tuple[str, str], ...] = ()
    if "relation_sources" in tables:
        sources = _rows(
            tables.read("relation_sources", SOURCES),
            ("key", "meaning"),
            lambda row: (row.cell("key"), row.cell("meaning")),
            keys=lambda source: source[:1],
        )
    try:
        return Catalogue(superpowers, families, relations, dict(sources))
    except ValueError as error:
        raise InputError(Problem(str(error), str(source))) from None


class _Tables:
    """The tables of a folder or a workbook by their name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.workbook = path.suffix.casefold() == ".xlsx" and os.path.isfile(path)
        if not self.workbook and not os.path.isdir(path):  # unlike Path.is_dir, it never raises
            raise InputError(
                f"“{path}” is not a folder; name the one that holds the catalogue's tables, or a workbook."
            )

    def __contains__(self, name: str) -> bool:
        if not self.workbook:
            return os.path.exists(self._file(name))
        return fold(name) in self._sheets

    def read(self, name: str, named: Named) -> Columns:
        """Return a table's columns.

        Raises
        ------
        InputError
            When there is no such table.
        """
        choices = Choices(sheet=name) if self.workbook else NOTHING_CHOSEN
        if self.workbook and name not in self:
            raise InputError(Problem(f"There is no sheet “{name}”; a catalogue needs one.", self.path.name))
        path = self.path if self.workbook else self._file(name)
        called = f"{path.name}, sheet “{name}”" if self.workbook else path.name
        return Columns(read_table(path, called, choices, words=header_words(named)), named)

    @cached_property
    def _sheets(self) -> set[str]:
        return {fold(sheet) for sheet in read_table(self.path).sheets}

    def _file(self, name: str) -> Path:
        files = [self.path / f"{name}{ending}" for ending in ENDINGS]
        return next((file for file in files if os.path.exists(file)), files[0])


@dataclass(frozen=True)
class _Cells:
    """One row by the meaning of its columns."""

    columns: Columns
    row: Row

    def cell(self, name: str) -> str:
        return self.columns.cell(self.row, name)

    def wrong(self, message: str, name: str, instead: Iterable[str] = ()) -> InputError:
        """Return what is wrong with a cell, and what may have been meant."""
        title = self.columns.title(name)
        fixes = tuple(Fix(f"Write “{text}”", {(self.row.number, title): text}) for text in instead)
        return InputError(Problem(message, self.columns.table.file, self.row.number, title, fixes))

    def one_of(self, name: str, choices: Sequence[str]) -> str:
        cell = fold(self.cell(name))
        if cell not in choices:
            raise self.wrong(f"“{self.cell(name)}” has to be {listed(choices, 'or')}.", name, choices)
        return cell

    def tick(self, name: str) -> bool:
        answer = yes_or_no(self.cell(name))
        if answer is None:
            raise self.wrong(f"“{self.cell(name)}” has to be 1 or 0.", name, ("1", "0"))
        return answer

    def id(self) -> str:
        return self.cell("id") or re.sub(r"\W+", "_", fold(self.cell("name"))).strip("_")


class _Known:
    """What other tables may refer to, by id, name or alias.

    Parameters
    ----------
    what
        What it is, in a sentence.
    spellings
        The other spellings of each id.
    """

    def __init__(self, what: str, spellings: Mapping[str, Iterable[str]]) -> None:
        self.what = what
        self.ids = {fold(text): id_ for id_, others in spellings.items() for text in others}
        self.ids |= {fold(id_): id_ for id_ in spellings}

    def id(self, row: _Cells, name: str) -> str:
        """Return the id that a cell means."""
        text = row.cell(name)
        if fold(text) in self.ids:
            return self.ids[fold(text)]
        hint = did_you_mean(text, self.ids) or "; correct the cell, or add it there."
        raise row.wrong(f"“{text}” is not {self.what} of the catalogue{hint}", name, nearest(text, self.ids))


def _rows(
    columns: Columns,
    needed: tuple[str, ...],
    make: Callable[[_Cells], V],
    *,
    keys: Callable[[V], Iterable[object]],
) -> tuple[V, ...]:
    """Return a table's rows, each with keys of its own."""
    columns.need(*needed)
    found = Findings(columns.table)
    made: list[V] = []
    first: dict[object, int] = {}
    for row in columns.table.rows:
        empty = [name for name in needed if not columns.cell(row, name)]
        if empty:
            found.problem("The cell is empty; fill it in.", row, columns.title(empty[0]))
            continue
        try:
            one = make(_Cells(columns, row))
        except InputError as error:
            found.problems += error.problems
            continue
        before = min(first.setdefault(key, row.number) for key in keys(one))
        if before != row.number:
            drop = Fix(f"Remove row {row.number}", drop=(row.number,))
            found.problem(f"The same is in row {before} already; remove one of the two.", row, "", [drop])
        made.append(one)
    if found.problems:
        raise InputError.of(found.in_order())
    return tuple(made)


def _family(row: _Cells) -> Family:
    return Family(row.id(), row.cell("name"), row.cell("about"))


def _superpower(row: _Cells, families: _Known) -> Superpower:
    return Superpower(
        id=row.id(),
        name=row.cell("name"),
        family=families.id(row, "family"),
        core=row.tick("core21"),
        aliases=tuple(pieces(row.cell("aliases"))),
        description=row.cell("description"),
        overdone=row.cell("overdone"),
    )


def _relation(row: _Cells, superpowers: _Known) -> Relation:
    return Relation(
        kind=Kind(row.one_of("kind", tuple(Kind))),
        a=superpowers.id(row, "a"),
        b=superpowers.id(row, "b"),
        strength=int(row.one_of("strength", ("1", "2", "3"))),
        hard_in_duo=row.tick("hard in duo"),
        softened_by=superpowers.id(row, "softened by") if row.cell("softened by") else "",
        source=row.cell("source"),
        basis=row.one_of("basis", BASES) if row.cell("basis") else "yours",
        why=row.cell("why"),
    )
