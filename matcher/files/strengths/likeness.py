"""Which name a text is likely to be a misspelling of.

Distances between words were measured on typing errors and on other words that look alike; the test beside
this holds them. A percentage cannot tell “Visoin” from “Planting”, but the number of wrong letters can:
people seldom get the first letter or more than one other wrong, and short words have near neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache

from matcher.people.catalogue import bare
from matcher.people.names import fold


class Likeness(IntEnum):
    """How far a misspelling can be trusted."""

    OFFERED = 1
    SURE = 2


NAME_FROM = 5
ALIAS_FROM = 10
"""So many letters a name, or another name for the same, has to have for one wrong letter to be sure."""

TWO_FROM = 15
"""So many letters make two wrong ones sure."""

OFFERED_FROM = 0.75
"""A text is offered a name from so large a share of right letters,"""

STEM = 0.6
SHORTEST_STEM = 6
"""or when both begin with the same letters: so large a share of the name, and so many at least."""

LONG = 8
"""A name of so many letters is offered also when the first letter is the wrong one."""

MOST_OFFERED = 4


@lru_cache(maxsize=8)
def speller_of(names: tuple[str, ...], spellings: tuple[str, ...]) -> Speller:
    """Return what finds names and other spellings; one wrong letter in a name is surer than in another.

    Parameters
    ----------
    names
        What strengths are called.
    spellings
        All that is clear: the names and others.
    """
    called = set(map(bare, names))
    return Speller({text: NAME_FROM if bare(text) in called else ALIAS_FROM for text in spellings})


class Speller:
    """Finds the names that a text is near to.

    Parameters
    ----------
    names
        Each spelling, to how many letters it has to have for one wrong letter to be sure:
        :data:`NAME_FROM` or :data:`ALIAS_FROM`.
    """

    def __init__(self, names: Mapping[str, int]) -> None:
        self.names = list(names)
        self.sure_from = list(names.values())
        self.forms = [bare(name) for name in self.names]
        self.longest = max(map(len, self.forms), default=0) / OFFERED_FROM
        self.in_order = [_in_order(name) for name in self.names]
        self.stems: dict[str, list[int]] = defaultdict(list)
        self.letters: dict[str, list[int]] = defaultdict(list)
        for at, form in enumerate(self.forms):
            self.stems[form[:SHORTEST_STEM]].append(at)
            self.letters["".join(sorted(form))].append(at)

    def near(self, text: str) -> list[tuple[str, Likeness]]:
        """Return the names that a text may be a misspelling of, the likeliest first."""
        word = bare(text)
        if not word:
            return []
        errors = self._errors(word, _in_order(text)) if len(word) <= self.longest else {}
        for at in self.letters.get("".join(sorted(word)), ()):
            errors[at] = min(1, errors.get(at, 1))  # all letters are there, however they are ordered
        judged = [(wrong, at, self._likeness(word, at, wrong)) for at, wrong in errors.items()]
        near = [(self.names[at], likeness) for _, at, likeness in sorted(judged) if likeness]
        stems = self.stems.get(word[:SHORTEST_STEM], ()) if len(word) >= SHORTEST_STEM else ()
        shared = {at: _common(word, self.forms[at]) / len(self.forms[at]) for at in stems if at not in errors}
        longest = sorted((at for at in shared if shared[at] >= STEM), key=lambda at: -shared[at])
        return [*near, *((self.names[at], Likeness.OFFERED) for at in longest)][:MOST_OFFERED]

    def _errors(self, word: str, in_order: str) -> dict[int, float]:
        """Return how many letters are wrong, whatever the order of the words, for the names that are near."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA  # to swap two neighbours is one error

        errors: dict[int, float] = {}
        for asked, forms in ((word, self.forms), (in_order, self.in_order)):
            for form, share, at in process.extract(
                asked, forms, scorer=OSA.normalized_similarity, score_cutoff=OFFERED_FROM, limit=None
            ):
                wrong = round((1 - share) * max(len(asked), len(form)))
                errors[at] = min(errors.get(at, wrong), wrong)
        return errors

    def _likeness(self, word: str, at: int, errors: float) -> Likeness | None:
        form, needed = self.forms[at], self.sure_from[at]
        allowed = 0 if len(form) < needed else 1 if len(form) < TWO_FROM else 2
        first = word[0] == form[0]
        if not errors or (first and errors <= allowed):
            return Likeness.SURE
        long = len(form) >= (LONG if not first else SHORTEST_STEM if needed > NAME_FROM else 0)
        return Likeness.OFFERED if long and (first or errors == 1) else None


def _in_order(text: str) -> str:
    """Return a text's words in the alphabet's order, without spaces."""
    return bare("".join(sorted(fold(text).replace("-", " ").replace("_", " ").split())))


def _common(a: str, b: str) -> int:
    """Return how many letters two words have in common from their beginning."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
