"""Whom a reference means, and who may be meant by one that is nearly somebody's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property

from matcher.files.rosters.person_names import WITH_EMAIL, WITH_ID, last_first
from matcher.files.tables.grid import shortened
from matcher.people.member import Member
from matcher.people.names import fold, listed
from matcher.people.roster import Roster, UnknownMember

ALIKE = 85
"""Likeness in percent from which a member is offered. Among 200 names, many of them alike, 2 of 1,459 slips
are missed and 1 of 500 strangers is offered somebody; with 83 it is none and 5, with 88 it is 21 and 1."""

SHORT, ALIKE_IF_SHORT = 6, 75
"""In so few letters and spaces one slip weighs more: “An” is 80 percent like “Ann”."""

CLEARLY_LESS = 10
"""A member who is so much less alike than the nearest one would only distract."""

MOST_OFFERED = 3
"""Of more who are equally likely none is offered: choosing among them would be a guess."""

MOST_SEARCHES = 1_000
"""So many references are compared with every name; what has more unknown people is about another roster."""

CORRECT = "Correct the name, or add them to the roster."
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("'’`´.", "")
)
"""Letters that no decomposition turns into the plain ones that people write instead, and signs in names."""


class Unclear(UnknownMember):
    """A reference that means nobody, or more than one.

    Parameters
    ----------
    message
        A sentence that says who may be meant and what to do.
    offered
        Who may be meant, the likeliest first.
    same
        Whether they are spelled the same but for accents, signs, spaces and the order of the names.
    """

    def __init__(self, message: str, offered: Iterable[Member] = (), *, same: bool = False) -> None:
        super().__init__(message)
        self.offered = tuple(offered)
        self.same = same


class Nobody(Unclear):
    """A reference that means nobody on the roster."""


def find_member(reference: str, roster: Roster) -> Member:
    """Return the member whom one reference means; for many, keep a :class:`Finder`.

    Raises
    ------
    Unclear
        With a sentence that says who may be meant and what to do; :class:`Nobody` when it is nobody.
    """
    return Finder(roster).find(reference)


def spoken(name: str) -> str:
    """Return a name as it is said, folded: ``Last, First`` is turned, an id or email behind it left out."""
    name, _ = _and_id(name)
    return fold(last_first(name) or name)


def _and_id(text: str) -> tuple[str, str]:
    """Return a name, and the id or email that stands behind it in brackets, or an empty text."""
    if found := WITH_EMAIL.fullmatch(text.strip()):
        return found["name"], found["email"]
    if found := WITH_ID.fullmatch(text.strip()):
        return found["name"], found["id"]
    return text, ""


def words(name: str) -> list[str]:
    """Return the words of a name in plain letters, without accents, capitals and signs."""
    letters = unicodedata.normalize("NFKD", spoken(name).translate(LETTERS))
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", letters).split()


def _spellings(parts: Sequence[str]) -> set[str]:
    """Return the forms in which two names are the same but for accents, signs, spaces and order."""
    return {" ".join(sorted(parts)), "".join(parts).lstrip("0")} - {""}


class Finder:
    """Finds members by what people write for them.

    Clear are an id, an email or a name (trimmed, NFC, case folded), ``Last, First``, ``First Last (id)``
    and ``First Last <email>``. Everything else is only offered.

    Parameters
    ----------
    roster
        Whose members are referred to.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.searches = 0
        self._offers: dict[str, tuple[tuple[Member, ...], bool]] = {}

    def find(self, reference: str) -> Member:
        """Return the member whom a reference clearly means.

        Raises
        ------
        Unclear
            When more than one may be meant; :class:`Nobody` when it is nobody.
        """
        members = self.meant(reference)
        if len(members) == 1:
            return members[0]
        if members:
            ids = ", ".join(member.key for member in members)
            message = f"“{shortened(reference)}” could be any of {len(members)} members; use the id ({ids})."
            raise Unclear(message, members)
        offered, same = self._offered(reference)
        question = listed((f"“{self.shown(member)}”" for member in offered), "or") if offered else ""
        what_to_do = f"; did you mean {question}?" if offered else f". {CORRECT}"
        raise Nobody(f"“{shortened(reference)}” is nobody on the roster{what_to_do}", offered, same=same)

    def meant(self, reference: str) -> Sequence[Member]:
        """Return the members whom a reference clearly means: one, several of one name, or none."""
        if exact := self.roster.meant(reference):
            return exact
        if not fold(reference):
            return ()
        named = self._spoken.get(spoken(reference), [])
        name, more = _and_id(reference)
        if not more:
            return named
        if theirs := self.roster.meant(more):
            return [member for member in theirs if spoken(member.name) == spoken(name)]
        # one that is nobody's contradicts what the roster has instead
        return [member for member in named if not (member.email if "@" in more else member.id)]

    def called(self, member: Member) -> str:
        """Return what to write for a member: the name, or the key where that is not theirs alone."""
        return member.name if list(self.roster.meant(member.name)) == [member] else member.key

    def shown(self, member: Member) -> str:
        """Return what to call a member in a sentence: the name, and the key where the name is not enough."""
        called = self.called(member)
        return called if called == member.name else f"{member.name} ({member.key})"

    def split(self, cell: str) -> list[str]:
        """Return the references in a cell that names several, as far as they can be told apart.

        ``;``, ``|`` and line breaks always separate, but in somebody's very name. Where there are none, a
        comma, ``&``, ``+``, ``/`` or ``and`` does when a piece is known then; the longest known pieces are
        kept whole, since ``Last, First`` holds a comma too.
        """
        if self.roster.meant(cell):
            return [cell]
        parts = [" ".join(part.split()) for part in re.split(r"[;|\n\r]", cell) if part.strip()]
        if len(parts) > 1:
            return [name for part in parts for name in self.split(part)]
        if not parts or self.meant(parts[0]):
            return parts
        for separator in (",", r" (?:[&+]|and|et|und) |/"):
            pieces = [piece.strip() for piece in re.split(separator, parts[0]) if piece.strip()]
            joined = self._longest_known(pieces)
            if len(pieces) > 1 and any(self.meant(piece) for piece in joined):
                return [name for piece in joined for name in ([piece] if "," in piece else self.split(piece))]
        return parts

    def _longest_known(self, pieces: list[str]) -> list[str]:
        """Join neighbours to ``Last, First`` where that is somebody."""
        kept: list[str] = []
        place = 0
        while place < len(pieces):
            runs = (", ".join(pieces[place : place + n]) for n in (3, 2) if place + n <= len(pieces))
            known = next((run for run in runs if self.meant(run)), pieces[place])
            kept.append(known)
            place += known.count(", ") + 1
        return kept

    @cached_property
    def _spoken(self) -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = {}
        for member in self.roster.members:
            found.setdefault(spoken(member.name), []).append(member)
        return found

    @cached_property
    def _words(self) -> list[list[str]]:
        return [words(member.name) for member in self.roster.members]

    @cached_property
    def _by_spelling(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, (member, parts) in enumerate(zip(self.roster.members, self._words, strict=True)):
            for spelling in _spellings(parts) | _spellings(words(member.id)):
                found.setdefault(spelling, []).append(index)
        return found

    @cached_property
    def _by_word(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for index, parts in enumerate(self._words):
            for word in parts:
                found.setdefault(word, set()).add(index)
        return found

    @cached_property
    def _lines(self) -> tuple[list[str], ...]:
        """Names as they are said, names with their words sorted, and emails, to be compared with."""
        return (
            [" ".join(parts) for parts in self._words],
            [" ".join(sorted(parts)) for parts in self._words],
            [fold(member.email) for member in self.roster.members],
        )

    def _offered(self, reference: str) -> tuple[tuple[Member, ...], bool]:
        """Return who may be meant by what is nobody's, and whether it is their name in another spelling."""
        key = fold(reference)
        if key not in self._offers:
            name, more = _and_id(reference)
            near, same = self._near(name)
            members = [*(self.roster.members[index] for index in near), *self.roster.meant(more)]
            self._offers[key] = tuple({member.key: member for member in members}.values()), same
        return self._offers[key]

    def _near(self, text: str) -> tuple[list[int], bool]:
        """Return the members nearest to a text, the likeliest first, and whether it is spelled the same."""
        parts = words(text.partition("@")[0])
        same = {index for spelling in _spellings(parts) for index in self._by_spelling.get(spelling, ())}
        if 0 < len(same) <= MOST_OFFERED:
            return sorted(same), True
        shortened = self._shortened(parts)
        if not parts or len(shortened) > MOST_OFFERED:
            return [], False
        return list(dict.fromkeys([*shortened, *self._alike(parts, text)]))[:MOST_OFFERED], False

    def _shortened(self, parts: list[str]) -> list[int]:
        """Return the members of whose names only a part is given, or initials, or who have one name less."""
        known = [self._by_word[part] for part in parts if part in self._by_word]
        if not known:
            return []

        def fits(index: int) -> bool:
            name = self._words[index]
            initials = [word[0] for word in name if word not in parts]
            rest = [part for part in parts if part not in name]
            return all(part in initials for part in rest) or (len(name) > 1 and not initials)

        return sorted(index for index in set.intersection(*known) if fits(index))

    def _alike(self, parts: list[str], text: str) -> list[int]:
        """Return the members whose names, or whose emails, are spelled nearly the same."""
        from rapidfuzz import fuzz, process

        self.searches += 1
        if self.searches > MOST_SEARCHES:
            return []
        said, turned, emails = self._lines
        queries = [(" ".join(parts), said), (" ".join(sorted(parts)), turned)]
        likeness: dict[int, float] = {}
        least = ALIKE if len(queries[0][0]) > SHORT else ALIKE_IF_SHORT
        for query, lines in queries if "@" not in text else [(fold(text), emails)]:
            for _, score, index in process.extract(
                query, lines, scorer=fuzz.ratio, score_cutoff=least, limit=MOST_OFFERED + 1
            ):
                likeness[index] = max(score, likeness.get(index, 0))
        best = max(likeness.values(), default=0)
        found = sorted((i for i in likeness if likeness[i] > best - CLEARLY_LESS), key=lambda i: -likeness[i])
        return found if list(likeness.values()).count(best) <= MOST_OFFERED else []
