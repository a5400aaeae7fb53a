"""Whom to forget: what they are called in tables, keys and sentences, and what is said there instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from matcher.people.friction import Friction
from matcher.people.member import Member
from matcher.people.names import fold

ALIAS = "Former member"
"""What somebody is called in past plans once their data is deleted, with a number."""

_NUMBERED = re.compile(rf"{ALIAS} (\d+)")
_SHORTEST = 3  # letters of an id or a first name that cannot be taken for something else


@dataclass(frozen=True)
class Forgotten:
    """A member whose data goes.

    Parameters
    ----------
    names, ids, emails
        All that they were called, the present first; each may be empty.
    alias
        What stands for them where they cannot be left out.
    others
        The names, ids and emails of others that contain one of theirs, and stay.
    shared
        Whether somebody else has their name: then the name alone means nobody.
    taken
        Their first names, folded, that are somebody else's too.
    notes
        What was noted on their frictions.
    strangers
        Ids of those of their name of whom it is not known whether they are the same.
    """

    names: tuple[str, ...]
    ids: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    alias: str = f"{ALIAS} 1"
    others: tuple[str, ...] = ()
    shared: bool = False
    taken: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()

    @classmethod
    def of(cls, member: Member, others: Iterable[Member], number: int = 1) -> Forgotten:
        """Return a member of a roster as somebody to be forgotten.

        Parameters
        ----------
        member, others
            Who goes, and everybody else.
        number
            Which former member it is; see :func:`next_number`.
        """
        who = cls((member.name,), (member.id,), (member.email,), f"{ALIAS} {number}")
        return who.beside(others)

    def beside(self, others: Iterable[Member]) -> Forgotten:
        """Return the same, told apart from these others."""
        others = [other for other in others if not self.is_(other)]
        mine = _folded((*self.names, *self.ids, *self.emails))
        texts = {text for other in others for text in (other.name, other.id, other.email) if text}
        folded = {text: fold(text) for text in texts}
        alike = {text for text in texts if any(own in folded[text] for own in mine)}
        names = [folded[other.name] for other in others]
        taken = {word for name in names for word in name.split()} & _folded(self._firsts)
        return replace(
            self,
            others=tuple(sorted({*self.others, *alike})),
            shared=self.shared or not _folded(self.names).isdisjoint(names),
            taken=tuple(sorted({*self.taken, *taken})),
        )

    def met(self, members: Iterable[Member], frictions: Iterable[Friction]) -> Forgotten:
        """Return the same with all that they were called in former rosters, and what was noted on them."""
        members = tuple(members)
        them = [member for member in members if self.is_(member)]
        ids = _folded(member.id for member in them)
        if not any(self.ids) and len(ids) > 1:  # two of them had the name, and nothing tells who it was
            return replace(self, strangers=tuple(sorted({*self.strangers, *ids}))).met(members, frictions)
        notes = {f.note for f in frictions if f.note and (self.refers(f.a) or self.refers(f.b))}
        who = replace(
            self,
            names=tuple(dict.fromkeys((*self.names, *(m.name for m in them)))),
            ids=tuple(dict.fromkeys((*self.ids, *(m.id for m in them)))),
            emails=tuple(dict.fromkeys((*self.emails, *(m.email for m in them)))),
            notes=tuple(dict.fromkeys((*self.notes, *sorted(notes)))),
        )
        return who.beside(members)

    def is_(self, member: Member) -> bool:
        """Return whether a member of some roster is who is to be forgotten."""
        return self.is_called(member.id, member.email, member.name)

    def is_called(self, id_: str, email: str, name: str) -> bool:
        """Return whether these are theirs: where both have an id it decides, else the email or the name."""
        ids, emails, names, strangers = self._called
        if id_ and ids:
            return fold(id_) in ids
        if id_ and fold(id_) in strangers:
            return False
        return fold(email) in emails or (fold(name) in names and not self.shared)

    @cached_property
    def _called(self) -> tuple[frozenset[str], ...]:
        return _folded(self.ids), _folded(self.emails), _folded(self.names), _folded(self.strangers)

    @cached_property
    def _references(self) -> frozenset[str]:
        return _folded((*self.ids, *self.emails, *(() if self.shared else self.names)))

    @cached_property
    def _telling(self) -> frozenset[str]:
        return self._references - (_folded(self.ids) - _folded(filter(_telling, self.ids)))

    def refers(self, reference: str) -> bool:
        """Return whether a reference, such as a key, is to them."""
        return fold(reference) in self._references

    def refers_clearly(self, text: str) -> bool:
        """Return whether a text that need not be a reference is one to them: a number is not."""
        return fold(text) in self._telling

    def key(self, text: str) -> str:
        """Return what stands for a reference."""
        return self.alias if self.refers(text) else self.text(text)

    def text(self, text: str) -> str:
        """Return a sentence, or any other text, that does not name them, nor what was noted on them."""
        for note in self.notes:
            said = note.rstrip(".")
            if len(said) >= _SHORTEST and said in text:
                text = text.replace(f": {said}", "").replace(said, "")
        if not self._may_name(text) or self._named is None:
            return text
        return self._named.sub(self._instead, text)

    def words(self, text: str) -> str:
        """Return the manager's own words without them, where a first name may mean them too."""
        text = self.text(text)
        return self._first.sub(self.alias, text) if self._first else text

    def _may_name(self, text: str) -> bool:
        """Return whether it is worth a closer look: most texts of a large roster are not."""
        folded = text.casefold()
        return any(word in folded for word in self._words)

    @cached_property
    def _words(self) -> frozenset[str]:
        texts = (*(name.split()[0] for name in self.names if name.strip()), *self.emails, *self.ids)
        forms = {unicodedata.normalize(form, text) for text in texts for form in ("NFC", "NFD")} | set(texts)
        return frozenset(form.casefold() for form in forms if form)

    def _instead(self, found: re.Match[str]) -> str:
        return found[0] if found["other"] is not None else self.alias

    @cached_property
    def _named(self) -> re.Pattern[str] | None:
        names = [name for name in self.names if name.strip()]
        ids = [id_ for id_ in self.ids if id_]
        both = [f"{_spelled(name)} \\({re.escape(id_)}\\)" for name in names for id_ in ids]
        mine = [] if self.shared else [_spelled(name) for name in names]
        mine += [rf"(?<![\w.+-])(?i:{re.escape(email)})" for email in self.emails if email]
        mine += [re.escape(id_) for id_ in ids if _telling(id_)]
        if not (both or mine):
            return None
        # what is longer goes first: “Ann Lee” is not Ann
        longer = "|".join(map(_spelled, sorted(self.others, key=len, reverse=True))) or r"(?!)"
        mine = sorted(mine, key=len, reverse=True)
        return re.compile(_alone("|".join([*both, f"(?P<other>{longer})", *mine])))

    @property
    def _firsts(self) -> set[str]:
        return {name.split()[0] for name in self.names if len(name.split()) > 1}

    @cached_property
    def _first(self) -> re.Pattern[str] | None:
        own = [re.escape(f) for f in self._firsts if len(f) >= _SHORTEST and fold(f) not in self.taken]
        return None if self.shared or not own else re.compile(_alone("|".join(own)))


def next_number(texts: Iterable[str]) -> int:
    """Return the number of the next former member, given all texts in which there may be some."""
    return 1 + max((int(number) for text in texts for number in _NUMBERED.findall(text)), default=0)


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(folded for text in texts if (folded := fold(text)))


def _telling(id_: str) -> bool:
    """Return whether an id is found in a sentence for what it is: ``P-17`` is, ``7`` is not."""
    return len(id_) >= _SHORTEST and any(map(str.isalpha, id_))


def _spelled(name: str) -> str:
    """Return a pattern for a name however it is spaced; capitals count where it is a single word."""
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD")} | {name}
    spelled = "|".join(r"\s+".join(map(re.escape, form.split())) for form in sorted(forms))
    return f"(?{'i' if len(name.split()) > 1 else ''}:{spelled})"


def _alone(pattern: str) -> str:
    """Return a pattern for whole words: neither in ``Joann`` nor in ``Ann-Marie`` is there an ``Ann``."""
    return rf"(?<![\w@])(?<!\w[-'’])(?:{pattern})(?![\w@]|-\w|\.[\w.+-]*@)"
