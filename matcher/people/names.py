"""How names are compared, and how they are put into sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

INVISIBLE = re.compile(
    "[\\0-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""Characters that take no room and have no meaning in a name: control characters, soft hyphens, zero-width
spaces, and those that set the direction of writing."""

_JOINED = "\u0600-\u109f\u1780-\u18af"
JOINERS = re.compile(f"(?<![{_JOINED}])[\u200c\u200d]+|[\u200c\u200d]+(?![{_JOINED}])")
"""Zero-width joiners outside the scripts (Arabic to Myanmar, Khmer, Mongolian) in which they spell."""


def fold(text: str) -> str:
    """Return the form in which two spellings of one name are equal.

    Spaces are trimmed and collapsed, characters that cannot be seen removed, the rest is NFC and case
    folded.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split()).casefold()
    seen = JOINERS.sub("", INVISIBLE.sub("", text))
    bare = unicodedata.normalize("NFD", " ".join(seen.split()))
    return unicodedata.normalize("NFC", bare.casefold())


def listed(words: Iterable[str], last: str = "and") -> str:
    """Join words as a sentence does: ``a``, ``a and b``, ``a, b and c``."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


def counted(number: int, word: str, plural: str = "") -> str:
    """Return ``1 team`` or ``3 teams``."""
    return f"{number} {word}" if number == 1 else f"{number} {plural or word + 's'}"
