"""A colour for each family, the same on every page."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.people.catalogue import Catalogue
from matcher.ui.markup import badge

COLOURS = ("violet", "blue", "orange", "red", "green", "gray", "yellow")


def family_colours(catalogue: Catalogue) -> dict[str, str]:
    """Return a colour for each family's id."""
    return {family.id: COLOURS[i % len(COLOURS)] for i, family in enumerate(catalogue.families)}


def superpower_colours(catalogue: Catalogue) -> list[str]:
    """Return the colour of each superpower, in the catalogue's order."""
    colours = family_colours(catalogue)
    return [colours[superpower.family] for superpower in catalogue.superpowers]


def superpower_badges(superpowers: Sequence[str], catalogue: Catalogue) -> str:
    """Return ranked superpowers as coloured labels, in Markdown."""
    colours = family_colours(catalogue)
    found = [catalogue.by_id[s] for s in superpowers]
    return " ".join(badge(s.name, colours[s.family]) for s in found)
