"""Text of the user's, made safe for whatever renders Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

JOINER = "\u2060"
"""WORD JOINER, which nobody sees: it keeps directives, addresses and arrows from being recognised."""

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def plain(text: str) -> str:
    """Return Markdown that shows a text exactly as it is, on one line.

    A member called ``![x](http://…)`` would otherwise make the browser call out.
    """

    def escaped(match: re.Match[str]) -> str:
        mark = match[0]
        before = JOINER if mark in "@<" else ""
        after = JOINER if mark in ":-" else ""
        return f"{before}\\{mark}{after}"

    joined = re.sub(r"(?i)(www)", rf"\1{JOINER}", " ".join(text.split()))
    return _PUNCTUATION.sub(escaped, joined)


def bullets(sentences: Iterable[str]) -> str:
    """Return sentences as a Markdown list, each shown exactly as it is."""
    return "\n".join(f"- {plain(sentence)}" for sentence in sentences)


def badge(text: str, color: str) -> str:
    """Return a small coloured label; ``color`` is one of Streamlit's."""
    return f":{color}-badge[{plain(text)}]"
