"""Texts of the user's, made fit for a page: nothing in them can change what stands around them."""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Characters without a shape, half characters, and those that turn round the direction of what follows."""

LONGEST_RUN = 24
"""So many characters without a space fit on a line wherever they stand."""

_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
ZERO_WIDTH_SPACE = "\u200b"


def tame(text: str) -> str:
    """Return a text without the characters that no page can show, or that would change the page."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def breakable(text: str) -> str:
    """Return a text in which even a word without end has places where a line may break."""
    return _RUN.sub(lambda run: _broken(run[0]), text)


def _broken(run: str) -> str:
    pieces, length = [""], 0
    for character in run:
        joined = (
            pieces[-1].endswith("\u200d")
            or character == "\u200d"
            or unicodedata.category(character)[0] == "M"
        )
        if length >= LONGEST_RUN and not joined and unicodedata.bidirectional(character) != "AL":
            pieces.append("")
            length = 0
        pieces[-1] += character
        length += 1
    return ZERO_WIDTH_SPACE.join(pieces)
