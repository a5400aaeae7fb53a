"""A cell that lists several strengths, taken apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from matcher.files.strengths.frameworks import Framework, spelled
from matcher.files.strengths.likeness import Likeness, speller_of
from matcher.people.catalogue import Catalogue, bare

HARD = re.compile(r"[;\n\r|•\t；]|(?<=\S)\s+(?=\d{1,2}[.)]\s|#?\d{1,2}\s?[-–:.)]\s?[^\W\d]|#\d)")
"""What separates wherever it stands; a number with a sign behind it begins the next entry of a list."""

SOFT = re.compile(r"\s*[,、，]\s*|\s+/\s+|/|\s+[&+>–—-]\s+|\s+(?:and|und|et)\s+", re.I)
"""What separates unless it is part of a name."""

NUMBER = r"(\d{1,2})"
NUMBERED = re.compile(
    rf"^\s*(?:no\.?\s*|rank\s*)?(?:#\s*{NUMBER}|\({NUMBER}\)|\[{NUMBER}\]|{NUMBER}(?:st|nd|rd|th)?)"
    r"(?:\s*[.:)\-–—]+\s*|\s+)(?=[^\W\d])",
    re.I,
)
"""A place before a strength: ``1. ``, ``1 - ``, ``#1 ``."""

REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$|\s*[:=–-]?\s*\b\d{1,3}(?:[.,]\d+)?\s*%?$")
"""What stands behind a strength: a word in brackets, or a share or score."""

BEHIND = re.compile(r"[(\[]\s*(?:#|no\.?\s*|rank\s*)?(\d{1,2})(?:st|nd|rd|th)?\s*[)\]]\s*$", re.I)
"""A place in brackets behind a strength."""

KEYCAP = re.compile("\ufe0f?\u20e3")
"""What makes a digit a key of its own: 1️⃣."""


MOST_WORDS = 100
"""A text of more words is no list of names that only spaces separate."""

LONG = 1000
"""In a longer cell, spaces are brought to one before anything is looked for in it."""


class Known:
    """What the catalogue and the frameworks have a name for.

    Parameters
    ----------
    catalogue, frameworks
        Where the names come from.
    """

    def __init__(self, catalogue: Catalogue, frameworks: tuple[Framework, ...]) -> None:
        self.catalogue, self.frameworks = catalogue, frameworks
        names = [name for f in frameworks for theme in f.themes for name in (theme.name, *theme.spellings)]
        self._themes = {spelled(name) for name in names} | {code for f in frameworks for code in f.by_code}
        self._torn = _parts_by_first([*catalogue.spellings, *names])
        self._parts: dict[str, int] = {}
        self._longest = 2 * max(map(len, [*catalogue.spellings, *names]), default=0)
        self._known: dict[str, bool] = {}
        self._cells: dict[str, tuple[str, ...]] = {}

    def __call__(self, text: str) -> bool:
        """Return whether a text is a clear name of a strength as it stands."""
        known = self._known.get(text)
        if known is None:
            short = len(text) <= self._longest  # also with some spaces and signs more
            known = short and (self.catalogue.recognise(text) is not None or spelled(text) in self._themes)
            self._known[text] = known
        return known

    def entries(self, cell: str) -> tuple[str, ...]:
        """Return the strengths that a cell lists, in its order, without places and brackets.

        ``;``, line breaks, ``|`` and bullets always separate. Commas, ``/``, ``and`` … separate where
        that does not tear a known name, the longest first.
        """
        found = self._cells.get(cell)
        if found is None:
            found = self._cells[cell] = self._taken_apart(cell)
        return found

    def _taken_apart(self, cell: str) -> tuple[str, ...]:
        if len(cell) > LONG:
            cell = re.sub(r"[^\S\n]+", " ", cell)
        pieces = [piece.strip(" ,") for piece in HARD.split(cell) if piece.strip(" ,")]
        several = len(pieces) > 1 or cell.rstrip().endswith(";")
        entries = [entry for piece in pieces for entry in self._soft(piece, several)]
        places = [int(place) for text in entries if (place := _place(text))]
        if len(places) == len(entries) and sorted(places) == list(range(1, len(places) + 1)):
            entries = [entry for _, entry in sorted(zip(places, entries, strict=True))]
        return tuple(self.tidy(entry) for entry in entries)

    def tidy(self, text: str) -> str:
        """Return a text without the place before it, and without brackets that hide a known name."""
        if len(text) > LONG or self(text):
            return text
        whole = KEYCAP.sub(". ", unicodedata.normalize("NFKC", text))
        shorter = NUMBERED.sub("", whole, count=1).strip()
        bracketless = REMARK.sub("", shorter)
        return bracketless if self(bracketless) else text if shorter == whole.strip() else shorter

    def _soft(self, piece: str, listed: bool) -> list[str]:
        """Return what a piece without hard separators lists."""
        if self(self.tidy(piece)):
            return [piece]
        cuts = [(match.start(), match.end()) for match in SOFT.finditer(piece)]
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(piece)]
        entries: list[str] = []
        known = at = 0
        while at < len(starts):
            most = min(at + self._most_parts(piece[starts[at] : ends[at]]), len(ends))
            texts = ((end, piece[starts[at] : ends[end - 1]]) for end in range(most, at, -1))
            found = next(((end, text) for end, text in texts if self(self.tidy(text))), None)
            known += found is not None
            end, text = found or (at + 1, piece[starts[at] : ends[at]])
            if text.strip():
                entries.append(text.strip())
            at = end
        alone = not listed and (known or _only_commas(piece) or any(map(self._is_misspelled, entries)))
        if len(entries) > 1 and (alone or known == len(entries)):
            return entries
        return self._words(piece) or [piece]

    def _is_misspelled(self, text: str) -> bool:
        """Return whether a text is surely a superpower's name with a typing error."""
        names = tuple(superpower.name for superpower in self.catalogue.superpowers)
        near = speller_of(names, tuple(self.catalogue.spellings)).near(self.tidy(text))
        return any(likeness is Likeness.SURE for _, likeness in near)

    def _most_parts(self, first: str) -> int:
        """Return of how many parts a known name can be that begins with this one."""
        parts = self._parts.get(first)
        if parts is None:
            parts = self._parts[first] = self._torn.get(_first(first), 1)
        return parts

    def _words(self, piece: str) -> list[str]:
        """Return the known names that a text is made of when spaces alone separate them, or nothing."""
        words = piece.split(maxsplit=MOST_WORDS)
        if not 1 < len(words) <= MOST_WORDS:
            return []
        entries: list[str] = []
        at = 0
        while at < len(words):
            texts = ((end, " ".join(words[at:end])) for end in range(min(len(words), at + 5), at, -1))
            longest = next(((end, text) for end, text in texts if self(text)), None)
            if longest is None:
                return []
            at = longest[0]
            entries.append(longest[1])
        return entries


def _parts_by_first(names: Iterable[str]) -> dict[str, int]:
    """Return into how many parts separators tear names, at most, by the first of the parts."""
    most: dict[str, int] = {}
    for name in names:
        parts = SOFT.split(name)
        if len(parts) > 1:
            most[_first(parts[0])] = max(len(parts), most.get(_first(parts[0]), 1))
    return most


def _first(part: str) -> str:
    return bare(NUMBERED.sub("", part, count=1))


def _only_commas(piece: str) -> bool:
    """Return whether commas separate a list; an unknown option that holds “and” is not torn."""
    return bool(re.search("[,、，]", piece)) and not re.search(r"[/&+>–—]|\s(?:and|und|et)\s", piece)


def _place(text: str) -> str:
    match = NUMBERED.match(KEYCAP.sub(". ", text)) or BEHIND.search(text)
    return next(filter(None, match.groups()), "") if match else ""
