"""Whom the rows of any table are about: by the columns in which a roster says who somebody is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.files.references.rounds import GROUP, NUMBERED, PERSON, ROUND, SEVERAL
from matcher.files.tables.columns import pieces, plain
from matcher.files.tables.headers import ROSTER_HEADERS

KEPT = {word for named in (GROUP, ROUND, SEVERAL) for words in named.values() for word in words}
"""What columns of a round are called that say who was with whom, and when."""

OF_OTHERS = ("turns to", "prefers")
"""What columns mean whose cells name other members."""

OF_NOBODY = ("superpowers", "hours", "time zone", "absent")
"""What columns mean whose cells name no member, whatever they say."""


RANKED = re.compile(r"superpower \d+")


@dataclass(frozen=True)
class Person:
    """Whom a row is about, as far as its columns say; what they do not say is empty."""

    id: str = ""
    email: str = ""
    name: str = ""


class Persons:
    """The columns of a table that say whom a row is about.

    Parameters
    ----------
    header
        The columns' titles.
    meanings
        What columns mean, by their title, where that is known; otherwise their titles tell.
    """

    def __init__(self, header: Sequence[str], meanings: Mapping[str, str] | None = None) -> None:
        self._header, self._meanings = header, meanings or {}
        self._where: dict[str, int] = {}
        for meaning in PERSON:
            index = next((i for i in range(len(header)) if self._means(i, meaning)), None)
            if index is not None and index not in self._where.values():
                self._where[meaning] = index

    def _means(self, index: int, *meanings: str) -> bool:
        title = self._header[index]
        if title in self._meanings:
            return self._meanings[title] in meanings
        return any(plain(title) in ROSTER_HEADERS[meaning] for meaning in meanings)

    def of(self, cells: Sequence[str]) -> Person:
        """Return whom a row is about."""
        said = {meaning: cells[index].strip() for meaning, index in self._where.items()}
        name = said.get("name") or f"{said.get('first name', '')} {said.get('last name', '')}".strip()
        return Person(said.get("id", ""), said.get("email", ""), name)

    def others(self) -> frozenset[int]:
        """Return the columns whose cells name other members."""
        return frozenset(i for i in range(len(self._header)) if self._means(i, *OF_OTHERS))

    def nobodys(self) -> frozenset[int]:
        """Return the columns whose cells name no member, whatever they say."""
        ranked = {
            i for i, title in enumerate(self._header) if RANKED.fullmatch(self._meanings.get(title, ""))
        }
        return frozenset(ranked.union(i for i in range(len(self._header)) if self._means(i, *OF_NOBODY)))

    def anonymous(self, cells: Sequence[str], name: str) -> tuple[str, ...]:
        """Return a row of a round under another name, with nothing but who was with whom, and when."""
        place = next((self._where[m] for m in ("name", "first name", "email", "id") if m in self._where), -1)
        return tuple(name if i == place else cell if self._is_kept(i) else "" for i, cell in enumerate(cells))

    def _is_kept(self, index: int) -> bool:
        return index not in self._where.values() and plain(self._header[index]) in KEPT

    def named(self) -> frozenset[int]:
        """Return the columns of a round whose cells name members."""
        several = {i for i, title in enumerate(map(plain, self._header)) if _names_several(title)}
        return frozenset(several.union(self._where.values()))


def _names_several(title: str) -> bool:
    return title in SEVERAL["members"] or NUMBERED.fullmatch(title) is not None


def replaced(cell: str, rename: Callable[[str], str | None]) -> str:
    """Return a cell that lists names with others in their place, or without them.

    Parameters
    ----------
    cell
        The cell; what separates its entries stays.
    rename
        Gives what stands for an entry: another, the same, or ``None`` when it goes.
    """
    for separators in (";\n", ";,\n"):
        entries = pieces(cell, separators)
        renamed = [rename(entry) for entry in entries]
        if renamed != entries:
            between = "; " if ";" in cell or separators == ";\n" else ", "
            return between.join(_filled(renamed))
    return cell


def _filled(entries: Sequence[str | None]) -> Iterator[str]:
    return (entry for entry in entries if entry)
