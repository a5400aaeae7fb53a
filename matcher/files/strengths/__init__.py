"""Strengths in whatever shape a file tells them, and the superpowers that they name.

``reshape`` brings a table to a row a member, ``strengths_of`` finds where the strengths stand and reads
them as texts, and a ``Recogniser`` says which superpower a text names: clear, proposed, or unknown.
"""

from __future__ import annotations

from matcher.files.strengths.find import strengths_of
from matcher.files.strengths.frameworks import Framework, Theme, default_frameworks
from matcher.files.strengths.recognise import SPELLING, Proposal, Recogniser, Recognition
from matcher.files.strengths.reshape import reshape
from matcher.files.strengths.shapes import Entry, Strengths
from matcher.files.strengths.source_of import OURS

__all__ = [
    "OURS",
    "SPELLING",
    "Entry",
    "Framework",
    "Proposal",
    "Recogniser",
    "Recognition",
    "Strengths",
    "Theme",
    "default_frameworks",
    "reshape",
    "strengths_of",
]
