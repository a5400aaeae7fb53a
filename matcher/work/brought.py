"""A roster that was brought in, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from matcher.files import RosterReading, Table, load_roster, read_table
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.columns import plain
from matcher.people.catalogue import Catalogue
from matcher.people.errors import InputError
from matcher.people.names import fold
from matcher.people.roster import Roster
from matcher.work.found import Found, found
from matcher.work.sheets import Remembers

Shape = tuple[str, ...]
"""What a file's columns are called: files of one shape are read alike."""


@dataclass(frozen=True)
class Brought(Remembers):
    """A file or a pasted text.

    Parameters
    ----------
    source
        The bytes, or the text; empty when the roster was not brought in but begun here.
    name
        What messages call it.
    choices
        What somebody chose instead of what is guessed.
    as_before
        Whether the choices are those of an earlier file of the same shape.
    """

    source: bytes | str = b""
    name: str = ""
    choices: Choices = NOTHING_CHOSEN
    as_before: bool = False

    def found(self, catalogue: Catalogue, ranked: bool) -> Found[Roster | None]:
        """Return what can be made of it."""

        def load() -> RosterReading:
            return load_roster(
                self.source, catalogue=catalogue, ranked=ranked, name=self.name, choices=self.choices
            )

        return self.once("roster", (catalogue, ranked), lambda: found(load, None))

    def reading(self, catalogue: Catalogue, ranked: bool) -> RosterReading | None:
        """Return what was read, unless nothing could be made of it."""
        reading = self.found(catalogue, ranked).reading
        return reading if isinstance(reading, RosterReading) else None

    def table(self) -> Table:
        """Return what the file says.

        Raises
        ------
        InputError
            When there is no table in it.
        """
        return read_table(self.source, self.name, self.choices)

    def shape(self) -> Shape:
        """Return what the columns are called; nothing when there is no table in it."""
        try:
            return tuple(map(plain, self.table().header))
        except InputError:
            return ()

    def otherwise(self, choices: Choices) -> Brought:
        """Return the same file, read as somebody chose."""
        return replace(self, choices=choices, as_before=False)

    def taking(self, mapping: Mapping[str, str]) -> Brought:
        """Return the same file with spellings that stand for superpowers; an empty id leaves one aside."""
        accepted = {**self.choices.accepted, **{fold(text): to for text, to in mapping.items()}}
        return self.otherwise(replace(self.choices, accepted=accepted))

    def like_one_before(self, shapes: Mapping[Shape, Choices]) -> Brought:
        """Return the same file, read as the last one of its shape if there was one."""
        if not shapes:
            return self
        if choices := shapes.get(self.shape()):
            return replace(self, choices=choices, as_before=True)
        for shape, choices in shapes.items():
            # a file of which the guesses go wrong is known by what it is when it is read as chosen
            same = replace(self, choices=choices, as_before=True)
            if how_it_is_read(choices) and same.shape() == shape:
                return same
        return self


@dataclass(frozen=True)
class Beside:
    """A file that a table beside the roster came from, or that nothing could be made of yet.

    Parameters
    ----------
    brought
        The file, and how it is read.
    version
        The workspace's version when it was brought in.
    """

    brought: Brought
    version: int


def how_it_is_read(choices: Choices) -> bool:
    """Return whether anything was chosen about where the table stands in the file."""
    return bool(choices.encoding or choices.delimiter or choices.sheet or choices.header_row)


def for_the_next(choices: Choices) -> Choices:
    """Return the choices that hold for the next file of the same shape: not those about single rows."""
    return replace(choices, kept=frozenset(), dropped=frozenset())
