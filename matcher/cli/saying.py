"""Words on a terminal."""

from __future__ import annotations

import sys

KEPT = frozenset("\n\u200c\u200d")
"""Unprintable characters that are harmless: line breaks, and the joiners that some scripts need."""


def say(text: str) -> None:
    """Print to the error stream what is not a result."""
    print(printable(text), file=sys.stderr)


def printable(text: str) -> str:
    """Return a text without the characters with which a name could steer the terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in KEPT else "\N{REPLACEMENT CHARACTER}" for c in text)
