"""A colour and a sign for each family, the same on every page: colour is never the only sign."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.people.catalogue import Catalogue
from matcher.ui.markup import badge

COLOURS = ("violet", "blue", "orange", "red", "green", "gray", "yellow")
SIGNS = ("✦", "◆", "▲", "●", "♥", "■", "★")


def family_colours(catalogue: Catalogue) -> dict[str, str]:
    """Return a colour for each family's id."""
    return {family.id: COLOURS[i % len(COLOURS)] for i, family in enumerate(catalogue.families)}


def family_signs(catalogue: Catalogue) -> dict[str, str]:
    """Return a sign for each family's id."""
    return {family.id: SIGNS[i % len(SIGNS)] for i, family in enumerate(catalogue.families)}


def family_legend(catalogue: Catalogue) -> str:
    """Return what each sign stands for, in Markdown."""
    colours, signs = family_colours(catalogue), family_signs(catalogue)
    return " ".join(badge(f"{signs[f.id]} {f.name}", colours[f.id]) for f in catalogue.families)


def superpower_colours(catalogue: Catalogue) -> list[str]:
    """Return the colour of each superpower, in the catalogue's order."""
    colours = family_colours(catalogue)
    return [colours[superpower.family] for superpower in catalogue.superpowers]


def superpower_badges(superpowers: Sequence[str], catalogue: Catalogue) -> str:
    """Return ranked superpowers as coloured labels, in Markdown."""
    colours = family_colours(catalogue)
    found = [catalogue.by_id[s] for s in superpowers]
    return " ".join(badge(s.name, colours[s.family]) for s in found)
