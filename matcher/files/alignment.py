"""Two columns of plain text, for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def aligned(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Return a line for each pair of texts, indented, the right ones below each other."""
    cells = list(rows)
    wide = max((_width(left) for left, _ in cells), default=0)
    return [f"  {left}{' ' * (wide - _width(left))}  {right}".rstrip() for left, right in cells]


def _width(text: str) -> int:
    """Return how many columns a terminal needs: two for a character of East Asian width, none for a mark."""
    return sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text
    )
