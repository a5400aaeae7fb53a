"""Other frameworks' names for strengths, and the superpower that each is nearest to."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path

from matcher.people.catalogue import bare

FRAMEWORKS = Path(__file__).parents[3] / "data" / "frameworks"
"""Ours. A clone is the installation, so it lies beside the package."""

CONFIDENCES = ("low", "medium", "high")
"""How sure it is that a text means a superpower, the least first."""


@dataclass(frozen=True)
class Theme:
    """A framework's strength.

    Parameters
    ----------
    name
        As the framework writes it.
    superpower, secondary
        Ids of the superpower that it is nearest to, and of the next.
    confidence
        One of :data:`CONFIDENCES`.
    spellings
        Other names: in another language, or shorter.
    code
        Its abbreviation: ``PL``.
    domain
        What the framework groups it under, if it does.
    """

    name: str
    superpower: str
    secondary: str = ""
    confidence: str = "high"
    spellings: tuple[str, ...] = ()
    code: str = ""
    domain: str = ""


@dataclass(frozen=True)
class Framework:
    """A set of strengths that is not ours.

    Parameters
    ----------
    name
        What people call it.
    themes
        Its strengths.
    hints
        Words in a header or a title that name it, without capitals.
    """

    name: str
    themes: tuple[Theme, ...]
    hints: tuple[str, ...] = field(default=())

    @cached_property
    def by_spelling(self) -> Mapping[str, Theme]:
        """Themes by each of their names as :func:`spelled` leaves it."""
        found: dict[str, Theme] = {}
        for theme in self.themes:
            for text in (theme.name, *theme.spellings):
                found.setdefault(spelled(text), theme)
        return found

    @cached_property
    def by_code(self) -> Mapping[str, Theme]:
        """Themes by their abbreviation; by their first letter where a few have one each."""
        codes = {bare(theme.code): theme for theme in self.themes if theme.code}
        initials = {bare(theme.name[:1]): theme for theme in self.themes}
        few = len(self.themes) <= 4 and len(initials) == len(self.themes)
        return codes or (initials if few else {})

    @cached_property
    def domains(self) -> frozenset[str]:
        """What the themes are grouped under, as :func:`spelled` leaves it."""
        return frozenset(spelled(theme.domain) for theme in self.themes if theme.domain)

    def is_named_in(self, title: str) -> bool:
        """Return whether a title names the framework."""
        words = " " + re.sub(r"[\W_]+", " ", title.casefold())
        return any(f" {hint}" in words for hint in self.hints)

    def find(self, text: str, *, codes: bool = True) -> Theme | None:
        """Return the theme that a text clearly names, or ``None``.

        Parameters
        ----------
        codes
            Whether an abbreviation counts; ``ME`` may be a country as well as a role.
        """
        spelling = spelled(text)
        return self.by_spelling.get(spelling) or (self.by_code.get(spelling) if codes else None)


@lru_cache(maxsize=1 << 16)
def spelled(text: str) -> str:
    """Return the form in which a name's spellings are equal: American and British, with signs and without."""
    text = re.sub(r"\((?:r|tm)\)", "", unicodedata.normalize("NFKC", re.sub(r"[®™℠©]", "", text)), flags=re.I)
    letters = bare(text.replace("&", " and "))
    letters = re.sub(r"is(?=ation|er|ing|ed$|e$)", "iz", letters)
    return re.sub(r"our(?=$|ed$)", "or", letters).replace("judgement", "judgment")


@cache
def default_frameworks() -> tuple[Framework, ...]:
    """Return the frameworks whose results we can read, the commonest first."""
    named = {row["framework"]: [] for row in _rows("other")}  # type: dict[str, list[Theme]]
    for row in _rows("other"):
        # HBDI writes the quadrant's letter before its word
        short = row["name"][2:] if re.match(r"[A-D] ", row["name"]) else ""
        also = (short,) if short else ()
        named[row["framework"]].append(
            Theme(row["name"], row["primary"], row["secondary"], "medium", also)  # its table gives none
        )
    return (
        Framework(
            "CliftonStrengths", _themes("clifton34", "theme"), ("clifton", "gallup", "strengthsfinder")
        ),
        Framework("Belbin", _themes("belbin9", "role"), ("belbin", "team role")),
        Framework("VIA", _themes("via24", "strength"), ("via", "character strength")),
        *(Framework(name, tuple(themes), (name.casefold(),)) for name, themes in named.items()),
        Framework(
            "SYPartners", tuple(Theme(row["name"], row["id"]) for row in _rows("sy21")), ("sypartners",)
        ),
    )


def _themes(table: str, title: str) -> tuple[Theme, ...]:
    return tuple(
        Theme(
            row[title],
            row["primary"],
            row["secondary"],
            row["confidence"],
            tuple(filter(None, [row.get("theme_ja", ""), *row["also"].split(";")])),
            row.get("code", ""),
            row.get("gallup_domain") or row.get("virtue", ""),
        )
        for row in _rows(table)
    )


def _rows(table: str) -> Iterable[dict[str, str]]:
    with (FRAMEWORKS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
