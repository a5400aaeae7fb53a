"""Which superpower a text names: clear, proposed, or unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from matcher.files.strengths.frameworks import Framework, Theme, spelled
from matcher.files.strengths.likeness import Likeness, Speller, speller_of
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.people.catalogue import Catalogue
from matcher.people.names import fold

SPELLING = "spelling"
"""The source of a proposal that rests on how a text is spelled."""


@dataclass(frozen=True)
class Proposal:
    """What a text may stand for; shown before it counts.

    Parameters
    ----------
    text
        As the file writes it.
    superpower
        Id of the superpower that is likeliest.
    source
        :data:`SPELLING`, or the name of the framework that the text comes from.
    confidence
        ``high``, ``medium`` or ``low``. A spelling is taken by ``accept`` when it is high; a framework's
        mapping is taken whole.
    alternatives
        Ids of other superpowers that may be meant, the likeliest first.
    theme
        The framework's name for it; empty for a spelling.
    """

    text: str
    superpower: str
    source: str
    confidence: str
    alternatives: tuple[str, ...] = ()
    theme: str = ""


@dataclass(frozen=True)
class Recognition:
    """What a text counts as.

    Parameters
    ----------
    superpower
        Id of the superpower that it counts as; ``None`` when it is kept aside.
    proposal
        What it may mean, or is taken for, when it is not clear by itself.
    aside
        Whether somebody decided to leave it aside, so that there is nothing left to ask.
    framework
        Name of the framework whose theme it is, clear or not; a superpower that several themes of a
        framework lead to is not a mistake, its first place counts.
    """

    superpower: str | None
    proposal: Proposal | None = None
    aside: bool = False
    framework: str = ""


class Recogniser:
    """Reads texts as superpowers; each text once.

    Parameters
    ----------
    catalogue, frameworks
        The superpowers, and other frameworks' names for them.
    choices
        ``accepted`` decides before anything else.
    accept
        Whether a framework's mapping counts, and spellings of high confidence.
    framework
        Name of the framework that the roster's strengths come from; it goes before the catalogue.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        frameworks: Sequence[Framework],
        choices: Choices = NOTHING_CHOSEN,
        accept: bool = False,
        framework: str = "",
    ) -> None:
        self.catalogue, self.accept = catalogue, accept
        self.accepted = {fold(text): superpower for text, superpower in choices.accepted.items()}
        self.own = next((f for f in frameworks if f.name == framework), None)
        self._other_themes: dict[str, list[tuple[str, Theme]]] = {}
        for other in frameworks:
            for spelling, theme in other.by_spelling.items() if other is not self.own else ():
                self._other_themes.setdefault(spelling, []).append((other.name, theme))
        self._read: dict[str, Recognition] = {}

    def read(self, text: str) -> Recognition:
        """Return what a text counts as."""
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = self._recognise(text)
        return found

    @cached_property
    def _leads(self) -> dict[str, tuple[str, str]]:
        """Each name that may be misspelled, to the superpower and the theme that it means."""
        leads: dict[str, tuple[str, str]] = {}
        for theme in self.own.themes if self.own else ():
            mapped = self._of_theme(theme.name, theme, "")
            if mapped:
                leads |= {
                    fold(text): (mapped.superpower, theme.name) for text in (theme.name, *theme.spellings)
                }
        return {text: (superpower, "") for text, superpower in self.catalogue.spellings.items()} | leads

    @cached_property
    def _speller(self) -> Speller:
        named = self.own.themes if self.own else self.catalogue.superpowers
        return speller_of(tuple(one.name for one in named), tuple(self._leads))

    def _recognise(self, text: str) -> Recognition:
        chosen = self.accepted.get(fold(text))
        theme = self.own.find(text) if self.own else None
        name = self.own.name if self.own and theme else ""
        if chosen is not None and (not chosen or chosen in self.catalogue.by_id):
            return Recognition(chosen or None, aside=not chosen, framework=name)
        clear = self.catalogue.recognise(text)
        if self.own and theme:
            mapped = self._of_theme(text, theme, self.own.name)
            if clear is None or (mapped and mapped.superpower != clear):
                return self._proposed(mapped, name) if mapped else Recognition(None)
            return Recognition(clear, framework=name)
        if clear:
            return Recognition(clear)
        for framework, other in self._other_themes.get(spelled(text), ()):
            mapped = self._of_theme(text, other, framework)
            if mapped:
                return self._proposed(mapped, framework)
        return self._misspelled(text)

    def _of_theme(self, text: str, theme: Theme, framework: str) -> Proposal | None:
        """Return where a theme leads; a catalogue may lack the superpower that is nearest to it."""
        ids = [i for i in (theme.superpower, theme.secondary) if i in self.catalogue.by_id]
        if not ids:
            return None
        confidence = theme.confidence if ids[0] == theme.superpower else "low"
        return Proposal(text, ids[0], framework, confidence, tuple(ids[1:]), theme.name)

    def _proposed(self, proposal: Proposal, framework: str = "") -> Recognition:
        taken = self.accept and (proposal.source != SPELLING or proposal.confidence == "high")
        return Recognition(proposal.superpower if taken else None, proposal, framework=framework)

    def _misspelled(self, text: str) -> Recognition:
        """Return what a text may be that is no name of a strength."""
        ids: dict[str, tuple[Likeness, str]] = {}
        for spelling, likeness in self._speller.near(text):
            superpower, theme = self._leads[spelling]
            ids.setdefault(superpower, (likeness, theme))
        if not ids:
            return Recognition(None)
        (first, (likeness, theme)), *others = ids.items()
        alone = not any(other is Likeness.SURE for _, (other, _) in others)
        confidence = "high" if likeness is Likeness.SURE and alone else "low"
        alternatives = tuple(superpower for superpower, _ in others)
        proposal = Proposal(text, first, SPELLING, confidence, alternatives, theme)
        return self._proposed(proposal, self.own.name if self.own and theme else "")
