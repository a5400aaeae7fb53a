"""How names are compared, and how they are put into sentences."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Return the form in which two spellings of one name are equal: trimmed, NFC, case folded."""
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())


def listed(words: Iterable[str], last: str = "and") -> str:
    """Join words as a sentence does: ``a``, ``a and b``, ``a, b and c``."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


def counted(number: int, word: str, plural: str = "") -> str:
    """Return ``1 team`` or ``3 teams``."""
    return f"{number} {word}" if number == 1 else f"{number} {plural or word + 's'}"
