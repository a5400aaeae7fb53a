"""What a member is asked, step by step, and whether what they say can be kept."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from matcher.files import default_catalogue
from matcher.people.catalogue import Catalogue, Family, Superpower
from matcher.people.errors import InputError
from matcher.people.names import INVISIBLE, JOINERS, counted, fold
from matcher.store.links import Given, Invitation
from matcher.work.workspace import Workspace

MOST_CHOSEN = 12
"""Superpowers that somebody may look at more closely before they narrow them down."""

MOST_RANKED = 3
"""Superpowers that are scored."""

MOST_NAMED = 5
"""People whom one question may name."""

LONGEST_NAME = 80
"""Characters of a name that is typed."""

NOT_LISTED = "not-listed"
"""What somebody says who is not on the roster."""

ByFamily = tuple[tuple[Family, tuple[Superpower, ...]], ...]


class Step(StrEnum):
    """The questions, in their order; each is one screen."""

    WHO = "who"
    CHOOSE = "superpowers"
    RANK = "strongest"
    TURNS_TO = "turns-to"
    RATHER_NOT = "rather-not"
    CHECK = "check"


class NotYet(InputError):  # noqa: N818 - it says what is the matter
    """A question that has no answer yet, or none that can be kept."""

    def __init__(self, step: Step, message: str) -> None:
        super().__init__(message)
        self.step = step


@dataclass(frozen=True)
class Person:
    """Somebody on the roster, as members see them.

    Parameters
    ----------
    code
        What stands for them in a form. It says nothing: ids and email addresses stay with the manager.
    key, label
        Their key on the roster, and what they are called.
    """

    code: str
    key: str
    label: str


@dataclass(frozen=True)
class Draft:
    """What somebody has said so far, as the forms say it.

    Parameters
    ----------
    who
        The code of a person, or :data:`NOT_LISTED`.
    name
        The name that was typed by somebody who is not listed.
    chosen, ranked
        Ids of superpowers: those that ring true, and at most three of them, the strongest first.
    turns_to, rather_not
        Codes of people; names where nobody is listed.
    """

    who: str = ""
    name: str = ""
    chosen: tuple[str, ...] = ()
    ranked: tuple[str, ...] = ()
    turns_to: tuple[str, ...] = ()
    rather_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class Questions:
    """What one invitation asks, of the workspace as it is now.

    Parameters
    ----------
    invitation
        Which questions.
    catalogue, people
        The superpowers to choose from, and who is on the roster, by name.
    given
        What somebody gave before, who corrects it now: then who they are is known.
    answered
        Who has answered already: :attr:`matcher.store.links.Given.who` of each.
    """

    invitation: Invitation
    catalogue: Catalogue
    people: tuple[Person, ...] = ()
    given: Given | None = None
    answered: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        invitation: Invitation,
        now: Workspace | None,
        given: Given | None = None,
        answered: frozenset[str] = frozenset(),
    ) -> Questions:
        """Return what an invitation asks in a workspace."""
        members = now.roster.members if now is not None and now.roster else ()
        same = Counter(fold(m.name) for m in members)
        people = (
            Person(
                _code(invitation.id, m.key),
                m.key,
                m.name if same[fold(m.name)] == 1 else f"{m.name} ({m.key})",
            )
            for m in members
        )
        ordered = tuple(sorted(people, key=lambda person: _sorted_by(person.label)))
        catalogue = now.catalogue if now is not None else default_catalogue()
        return cls(invitation, catalogue, ordered, given, answered)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The questions that are asked, in their order."""
        left_out = {
            *([Step.WHO] if self.given else []),
            *([] if self.invitation.asks_turns_to else [Step.TURNS_TO]),
            *([] if self.invitation.asks_frictions else [Step.RATHER_NOT]),
        }
        return tuple(step for step in Step if step not in left_out)

    @cached_property
    def by_code(self) -> Mapping[str, Person]:
        """People by what stands for them in forms."""
        return {person.code: person for person in self.people}

    @cached_property
    def _by_reference(self) -> Mapping[str, Person]:
        labels = {fold(person.label): person for person in self.people}
        return labels | {fold(person.key): person for person in self.people}

    @cached_property
    def first(self) -> ByFamily:
        """The superpowers that are shown at first, by family: the original ones, if some of them are."""
        some = any(s.core for s in self.catalogue.superpowers)
        return self._by_family(lambda s: s.core or not some)

    @cached_property
    def more(self) -> ByFamily:
        """The superpowers that are shown on request, by family."""
        shown = {s.id for _, each in self.first for s in each}
        return self._by_family(lambda s: s.id not in shown)

    def _by_family(self, wanted: Callable[[Superpower], bool]) -> ByFamily:
        found = (
            (family, tuple(s for s in self.catalogue.superpowers if s.family == family.id and wanted(s)))
            for family in self.catalogue.families
        )
        return tuple((family, superpowers) for family, superpowers in found if superpowers)

    def begun(self) -> Draft:
        """Return what is said before anything was: nothing, or what was given before."""
        given = self.given
        if given is None:
            return Draft()
        known = tuple(s for s in given.superpowers if s in self.catalogue.by_id)
        turns_to, rather_not = (self._codes(keys) for keys in (given.turns_to, given.rather_not))
        return Draft(chosen=known, ranked=known[:MOST_RANKED], turns_to=turns_to, rather_not=rather_not)

    def _codes(self, references: Iterable[str]) -> tuple[str, ...]:
        if not self.people:
            return tuple(references)
        found = (self._by_reference.get(fold(reference)) for reference in references)
        return tuple(person.code for person in found if person)

    def name_of(self, draft: Draft) -> str:
        """Return what somebody is called who says this."""
        if self.given is not None:
            return self.given.name
        person = self.by_code.get(draft.who)
        return person.label if person else draft.name

    def themselves(self, draft: Draft) -> str:
        """Return the code of the person who says this; empty when they are not on the roster."""
        if self.given is None:
            return draft.who if draft.who in self.by_code else ""
        person = self._by_reference.get(fold(self.given.member or self.given.name))
        return person.code if person else ""

    def called(self, entry: str) -> str:
        """Return what is shown for a code, or for a name that was typed."""
        person = self.by_code.get(entry)
        return person.label if person else entry

    def checked(self, draft: Draft, step: Step) -> Draft:
        """Return what somebody says to one question, without what cannot be meant.

        Raises
        ------
        NotYet
            When there is no answer that can be kept: a sentence with what to do.
        """
        if step is Step.WHO:
            return self._who(draft)
        if step is Step.CHOOSE:
            return self._chosen(draft)
        if step is Step.RANK:
            return self._ranked(draft)
        if step is Step.TURNS_TO:
            return replace(draft, turns_to=self._named(draft, draft.turns_to, step))
        if step is Step.RATHER_NOT:
            return replace(draft, rather_not=self._named(draft, draft.rather_not, step))
        return draft

    def _who(self, draft: Draft) -> Draft:
        if self.people and draft.who != NOT_LISTED:
            if draft.who not in self.by_code:
                raise NotYet(Step.WHO, "Choose your name, or “I am not on the list”.")
            person = self.by_code[draft.who]
            # somebody who was not on the list when they answered may be on it now
            if self.answered & {fold(person.key), fold(person.label)}:
                raise NotYet(Step.WHO, self.answered_by(person.label))
            return replace(draft, name="")
        name = _cleaned(draft.name, Step.WHO)
        if not name:
            raise NotYet(Step.WHO, "Type your name, so that your manager knows whose answer it is.")
        if fold(name) in self._by_reference:
            raise NotYet(Step.WHO, f"“{name}” is on the list; choose the name there.")
        if fold(name) in self.answered:
            raise NotYet(Step.WHO, self.answered_by(name))
        return replace(draft, who=NOT_LISTED, name=name)

    @staticmethod
    def answered_by(name: str) -> str:
        """Return the sentence for somebody whose name was answered for already."""
        return (
            f"There is an answer for {name} already. To change it, use the link of your own that you were "
            "given then. If you have lost it, or somebody else answered for you, tell your manager."
        )

    def _chosen(self, draft: Draft) -> Draft:
        chosen = tuple(s for s in dict.fromkeys(draft.chosen) if s in self.catalogue.by_id)
        if not chosen:
            raise NotYet(Step.CHOOSE, "Choose at least one superpower that sounds like you.")
        if len(chosen) > MOST_CHOSEN:
            raise NotYet(
                Step.CHOOSE,
                f"You have chosen {len(chosen)}; choose {MOST_CHOSEN} at most. "
                "Keep those that your colleagues would name too.",
            )
        # what was ranked before and is still chosen, stays so
        return replace(draft, chosen=chosen, ranked=tuple(s for s in draft.ranked if s in chosen))

    @staticmethod
    def filled(draft: Draft) -> Draft:
        """Return a draft whose empty places are filled when each chosen superpower has one.

        What was ranked before stays in front; the others follow in the order in which they were chosen.
        """
        if len(draft.chosen) > MOST_RANKED:
            return draft
        return replace(draft, ranked=tuple(dict.fromkeys((*draft.ranked, *draft.chosen))))

    def _ranked(self, draft: Draft) -> Draft:
        ranked = tuple(s for s in draft.ranked if s)
        if len(set(ranked)) < len(ranked):
            raise NotYet(Step.RANK, "You have chosen one superpower for two places; choose another.")
        if not ranked or any(s not in draft.chosen for s in ranked):
            raise NotYet(Step.RANK, "Choose which of them is your strongest.")
        return replace(draft, ranked=ranked[:MOST_RANKED])

    def _named(self, draft: Draft, entries: Iterable[str], step: Step) -> tuple[str, ...]:
        if self.people:
            named = tuple(entry for entry in dict.fromkeys(entries) if entry in self.by_code)
            if self.themselves(draft) in named:
                raise NotYet(step, "You have named yourself; take that away.")
        else:
            once: dict[str, str] = {}
            for entry in filter(None, (_cleaned(entry, step) for entry in entries)):
                once.setdefault(fold(entry), entry)
            named = tuple(once.values())
            if fold(self.name_of(draft)) in map(fold, named):
                raise NotYet(step, "You have named yourself; take that away.")
        if len(named) > MOST_NAMED:
            people = counted(MOST_NAMED, "person", "people")
            raise NotYet(step, f"You have named {len(named)}; name {people} at most.")
        return named

    def given_by(self, draft: Draft) -> Given:
        """Return what is to be kept of a draft.

        Raises
        ------
        NotYet
            When a question has no answer that can be kept; the first of them.
        """
        for step in self.steps:
            draft = self.checked(draft, step)
        person = self.by_code.get(draft.who)
        name = person.label if person else draft.name
        given = replace(self.given or Given(name, person.key if person else ""), superpowers=draft.ranked)
        # what is not asked any more stays as it was given
        if Step.TURNS_TO in self.steps:
            given = replace(given, turns_to=self._keys(draft.turns_to))
        if Step.RATHER_NOT in self.steps:
            given = replace(given, rather_not=self._keys(draft.rather_not))
        return given

    def _keys(self, entries: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.by_code[entry].key if entry in self.by_code else entry for entry in entries)


def _cleaned(text: str, step: Step) -> str:
    """Return a typed name on one line, without what nobody sees."""
    name = " ".join(JOINERS.sub("", INVISIBLE.sub("", text)).split())
    if len(name) > LONGEST_NAME:
        raise NotYet(step, f"A name has {LONGEST_NAME} characters at most.")
    if ";" in name:
        raise NotYet(step, "Type one name in a field; a name has no semicolon.")
    if name and not any(map(str.isalnum, name)):
        raise NotYet(step, "A name has at least one letter.")
    return name


def _sorted_by(name: str) -> str:
    """Return what puts names in the order in which people look for them: Í stands beside I."""
    return "".join(c for c in unicodedata.normalize("NFKD", fold(name)) if not unicodedata.combining(c))


def _code(invitation: str, key: str) -> str:
    """Return what stands for a member in the forms of one invitation."""
    return hashlib.sha256(f"{invitation}\n{key}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
