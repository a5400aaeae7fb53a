"""Catalogues: a folder of tables."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from matcher.files.columns import Columns, pieces, yes_or_no
from matcher.files.nearest import did_you_mean
from matcher.files.source import read_table
from matcher.files.table import Findings, Row
from matcher.people.catalogue import BASES, Catalogue, Family, Kind, Relation, Superpower
from matcher.people.errors import InputError, Problem
from matcher.people.names import fold, listed

V = TypeVar("V")

CATALOGUE = Path(__file__).parents[2] / "data" / "catalogue"
"""Ours. A clone is the installation, so it lies beside the package."""


@cache
def default_catalogue() -> Catalogue:
    """Return our own catalogue."""
    return read_catalogue(CATALOGUE)


def read_catalogue(directory: str | os.PathLike[str]) -> Catalogue:
    """Return the catalogue that a folder holds.

    Parameters
    ----------
    directory
        With ``superpowers.csv``, ``families.csv``, ``relations.csv`` and, if wanted,
        ``relation_sources.csv``, in the form of ``data/catalogue``.

    Raises
    ------
    InputError
        When a table is missing, or something in one is wrong: file, row, column and what to do.
    """
    folder = Path(directory)
    if not os.path.isdir(folder):  # unlike Path.is_dir, it never raises
        raise InputError(f"“{folder}” is not a folder; name the one that holds the catalogue's tables.")
    families = _rows(folder / "families.csv", ("id", "name"), _family, key=lambda f: f.id)
    superpowers = _rows(
        folder / "superpowers.csv",
        ("id", "name", "family"),
        _superpower,
        key=lambda s: s.id,
        refers=lambda s: {"family": s.family},
        known={f.id for f in families},
    )
    relations = _rows(
        folder / "relations.csv",
        ("kind", "a", "b", "strength"),
        _relation,
        key=lambda r: (r.kind, *sorted((r.a, r.b))),
        refers=lambda r: {"a": r.a, "b": r.b} | ({"softened by": r.softened_by} if r.softened_by else {}),
        known={s.id for s in superpowers},
    )
    sources: tuple[tuple[str, str], ...] = ()
    if (folder / "relation_sources.csv").exists():
        sources = _rows(
            folder / "relation_sources.csv", ("key", "meaning"), _source, key=lambda source: source[0]
        )
    try:
        return Catalogue(superpowers, families, relations, dict(sources))
    except ValueError as error:
        raise InputError(Problem(str(error), str(folder))) from None


def _rows(
    path: Path,
    needed: tuple[str, ...],
    make: Callable[[Columns, Row], V],
    *,
    key: Callable[[V], object],
    refers: Callable[[V], Mapping[str, str]] = lambda _: {},
    known: Collection[str] = (),
) -> tuple[V, ...]:
    """Return a table's rows, each with a key of its own, that refer to nothing but what is known."""
    table = read_table(path)
    columns = Columns(table, {name: (name,) for name in (*needed, *OPTIONAL)})
    columns.need(*needed)
    found = Findings(table)
    made: list[V] = []
    first: dict[object, int] = {}
    for row in table.rows:
        empty = [name for name in needed if not columns.cell(row, name)]
        try:
            if empty:
                found.problem("The cell is empty; fill it in.", row, empty[0])
                continue
            one = make(columns, row)
            for column, text in refers(one).items():
                if text not in known:
                    what = "a family" if column == "family" else "a superpower"
                    hint = did_you_mean(text, known) or "; correct the cell, or add it there."
                    found.problem(
                        f"“{text}” is not {what} of the catalogue{hint}", row, columns.title(column)
                    )
            before = first.setdefault(key(one), row.number)
            if before != row.number:
                found.problem(f"The same is in row {before} already; remove one of the two.", row)
            made.append(one)
        except InputError as error:
            found.problems += error.problems
    if found.problems:
        raise InputError.of(found.problems)
    return tuple(made)


OPTIONAL = (
    "about",
    "core21",
    "aliases",
    "description",
    "overdone",
    "hard in duo",
    "softened by",
    "source",
    "basis",
    "why",
)


def _family(columns: Columns, row: Row) -> Family:
    return Family(columns.cell(row, "id"), columns.cell(row, "name"), columns.cell(row, "about"))


def _superpower(columns: Columns, row: Row) -> Superpower:
    return Superpower(
        id=columns.cell(row, "id"),
        name=columns.cell(row, "name"),
        family=columns.cell(row, "family"),
        core=_tick(columns, row, "core21"),
        aliases=tuple(pieces(columns.cell(row, "aliases"))),
        description=columns.cell(row, "description"),
        overdone=columns.cell(row, "overdone"),
    )


def _relation(columns: Columns, row: Row) -> Relation:
    return Relation(
        kind=Kind(_one_of(columns, row, "kind", tuple(Kind))),
        a=columns.cell(row, "a"),
        b=columns.cell(row, "b"),
        strength=int(_one_of(columns, row, "strength", ("1", "2", "3"))),
        hard_in_duo=_tick(columns, row, "hard in duo"),
        softened_by=columns.cell(row, "softened by"),
        source=columns.cell(row, "source"),
        basis=_one_of(columns, row, "basis", BASES) if columns.cell(row, "basis") else "yours",
        why=columns.cell(row, "why"),
    )


def _source(columns: Columns, row: Row) -> tuple[str, str]:
    return columns.cell(row, "key"), columns.cell(row, "meaning")


def _one_of(columns: Columns, row: Row, name: str, choices: tuple[str, ...]) -> str:
    cell = fold(columns.cell(row, name))
    if cell not in choices:
        message = f"“{columns.cell(row, name)}” has to be {listed(choices, 'or')}."
        raise InputError(Problem(message, columns.table.file, row.number, columns.title(name)))
    return cell


def _tick(columns: Columns, row: Row, name: str) -> bool:
    answer = yes_or_no(columns.cell(row, name))
    if answer is None:
        message = f"“{columns.cell(row, name)}” has to be 1 or 0."
        raise InputError(Problem(message, columns.table.file, row.number, columns.title(name)))
    return answer
