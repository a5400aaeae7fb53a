"""Which framework strengths come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from matcher.files.strengths.frameworks import Framework
from matcher.files.tables.choices import Choices
from matcher.people.catalogue import Catalogue

OURS = "superpowers"
"""The source of strengths that are named as the catalogue names them."""


@dataclass(frozen=True)
class Origin:
    """Where texts come from.

    Parameters
    ----------
    framework
        A framework's name, or :data:`OURS`.
    share
        How many of the texts it has a name for, 0 to 1.
    """

    framework: str
    share: float


class Origins:
    """Tells which framework texts come from: the one that has a name for most of them.

    The catalogue goes first when no framework knows more of them, so a theme that is a superpower's name
    as well counts as a superpower in a roster of superpowers, and as a theme among themes.
    """

    def __init__(self, catalogue: Catalogue, frameworks: tuple[Framework, ...], choices: Choices) -> None:
        self.catalogue, self.frameworks, self.choices = catalogue, frameworks, choices

    def hinted(self, title: str) -> bool:
        """Return whether a title names a framework."""
        return any(framework.is_named_in(title) for framework in self.frameworks)

    def of(self, texts: Iterable[str], title: str = "", *, codes: bool = True) -> Origin:
        """Return where texts come from.

        Parameters
        ----------
        texts
            As they were written, each as often as it was.
        title
            Of their column; it decides between frameworks that know equally many.
        codes
            Whether abbreviations count.
        """
        counts = Counter(texts)
        many = max(1, counts.total())

        def share(name: str) -> float:
            framework = next((f for f in self.frameworks if f.name == name), None)
            if framework is None:
                return sum(n for text, n in counts.items() if self.catalogue.recognise(text)) / many
            return sum(n for text, n in counts.items() if framework.find(text, codes=codes)) / many

        if self.choices.framework:
            return Origin(self.choices.framework, share(self.choices.framework))
        ours = Origin(OURS, share(OURS))
        there = [Origin(f.name, share(f.name)) for f in self.frameworks]
        if not there:
            return ours
        hinted = {f.name for f in self.frameworks if f.is_named_in(title)}
        best = max(there, key=lambda origin: (origin.share, origin.framework in hinted))
        return best if best.share > ours.share and best.share >= 0.5 else ours
