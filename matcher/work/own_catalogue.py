"""The manager's own copy of the catalogue: edited in two tables."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from matcher.files.tables.columns import pieces, plain, yes_or_no
from matcher.people.catalogue import Catalogue, Kind, Relation, Superpower
from matcher.people.errors import InputError, Problem
from matcher.work.sheets import Sheet

SUPERPOWERS_TABLE, RELATIONS_TABLE = "the table of superpowers", "the table of relations"
SUPERPOWERS = ("id", "name", "family", "also called", "brings", "too much of it")
RELATIONS = ("superpower", "and", "relation", "strength", "why", "never in a duo", "softened by")
YOURS = "yours"
"""The basis of a relation that the manager changed or added."""


def add_superpower(catalogue: Catalogue, name: str, family: str, aliases: tuple[str, ...] = ()) -> Catalogue:
    """Return a catalogue with one more superpower.

    Parameters
    ----------
    catalogue
        The one to begin from.
    name, family, aliases
        See :class:`matcher.people.catalogue.Superpower`.

    Raises
    ------
    InputError
        When the name is empty, or stands for a superpower already.
    """
    if not name.strip():
        raise InputError("A superpower needs a name.")
    if known := catalogue.recognise(name):
        raise InputError(f"“{name}” is in the catalogue already: {catalogue.by_id[known].name}.")
    added = Superpower(new_id(name, catalogue.by_id), name.strip(), family, aliases=aliases)
    return replace(catalogue, superpowers=(*catalogue.superpowers, added))


def new_id(name: str, taken: Collection[str]) -> str:
    """Return an id for a name, in the catalogue's form, that is not taken."""
    first = re.sub(r"\s+", "_", plain(name)) or "superpower"
    number, found = 1, first
    while found in taken:
        number += 1
        found = f"{first}_{number}"
    return found


def superpowers_sheet(catalogue: Catalogue) -> Sheet:
    """Return the superpowers as a table to be edited."""
    rows = [
        (s.id, s.name, catalogue.family_by_id[s.family].name, "; ".join(s.aliases), s.description, s.overdone)
        for s in catalogue.superpowers
    ]
    return Sheet(SUPERPOWERS_TABLE, SUPERPOWERS, tuple(rows))


def relations_sheet(catalogue: Catalogue) -> Sheet:
    """Return the relations as a table to be edited."""
    return Sheet(RELATIONS_TABLE, RELATIONS, tuple(_cells(r, catalogue) for r in catalogue.relations))


def _cells(relation: Relation, catalogue: Catalogue) -> tuple[str, ...]:
    names = {s.id: s.name for s in catalogue.superpowers} | {"": ""}
    hard = "yes" if relation.hard_in_duo else ""
    ends = names[relation.a], names[relation.b]
    told = str(relation.kind), str(relation.strength), relation.why
    return (*ends, *told, hard, names[relation.softened_by])


def with_superpowers(catalogue: Catalogue, sheet: Sheet) -> Catalogue:
    """Return a catalogue with superpowers as they were edited; relations of those that are gone go too.

    Raises
    ------
    InputError
        When a row lacks its name or family, or a name is there twice: row, column and what to do.
    """
    before, families = catalogue.by_id, {f.name: f.id for f in catalogue.families}
    made: dict[str, Superpower] = {}
    names: dict[str, int] = {}
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        if not any(row):
            continue
        id_, name, family, aliases, brings, overdone = row
        if not name:
            raise _wrong(sheet, "A superpower needs a name; fill in the cell.", number, "name")
        if family not in families:
            raise _wrong(sheet, f"“{name}” needs a family; choose one.", number, "family")
        if plain(name) in names:
            message = f"“{name}” is in row {names[plain(name)]} already; give it another name."
            raise _wrong(sheet, message, number, "name")
        names[plain(name)] = number
        id_ = id_ or new_id(name, {*before, *made})
        core = id_ in before and before[id_].core
        own = tuple(pieces(aliases))
        made[id_] = Superpower(id_, name, families[family], core, own, brings, overdone)
    kept = (
        replace(r, softened_by=r.softened_by if r.softened_by in made else "")
        for r in catalogue.relations
        if r.a in made and r.b in made
    )
    return replace(catalogue, superpowers=tuple(made.values()), relations=tuple(kept))


def with_relations(catalogue: Catalogue, sheet: Sheet) -> Catalogue:
    """Return a catalogue with relations as they were edited; what was changed is the manager's own.

    Raises
    ------
    InputError
        When a row lacks one of its two superpowers, its kind or its strength, or a relation is there
        twice: row, column and what to do.
    """
    ours = {_cells(relation, catalogue): relation for relation in catalogue.relations}
    made: list[Relation] = []
    pairs: dict[tuple[str, ...], int] = {}
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        if not any(row):
            continue
        relation = ours.get(row) or _relation(catalogue, sheet, number, row)
        pair = (relation.kind, *sorted((relation.a, relation.b)))
        if pair in pairs:
            raise _wrong(sheet, f"The two have this relation in row {pairs[pair]} already.", number, "and")
        pairs[pair] = number
        made.append(relation)
    return replace(catalogue, relations=tuple(made))


def _relation(catalogue: Catalogue, sheet: Sheet, number: int, row: tuple[str, ...]) -> Relation:
    a, b, kind, strength, why, hard, softened_by = row
    one, other = (catalogue.recognise(name) if name else None for name in (a, b))
    if one is None or other is None:
        title = "superpower" if one is None else "and"
        raise _wrong(sheet, "A relation needs two superpowers; choose one.", number, title)
    if one == other:
        raise _wrong(sheet, "A superpower has no relation to itself; choose another.", number, "and")
    if kind not in tuple(Kind):
        raise _wrong(sheet, "Choose complement or clash.", number, "relation")
    if strength not in ("1", "2", "3"):
        raise _wrong(sheet, "Choose a strength from 1 to 3.", number, "strength")
    return Relation(
        Kind(kind),
        one,
        other,
        int(strength),
        hard_in_duo=bool(yes_or_no(hard)),
        softened_by=(catalogue.recognise(softened_by) or "") if softened_by else "",
        basis=YOURS,
        why=why,
    )


def _wrong(sheet: Sheet, message: str, number: int, title: str) -> InputError:
    return InputError(Problem(message, sheet.name, number, title))
