"""What somebody chose instead of what was guessed about a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choices:
    """What somebody chose; whatever is empty is guessed.

    Parameters
    ----------
    encoding, delimiter, sheet
        How the file is read.
    header_row
        Number of the row that names the columns; 0: guessed; −1: no row does.
    meanings
        What a column means, by its title: one of :data:`matcher.files.tables.columns.MEANINGS`.
    kept, dropped
        Numbers of rows to read although they look like no member's, and to leave out although they do.
    framework
        What the strengths come from: a framework's name, or ``superpowers``.
    accepted
        Spellings that are taken for a superpower, folded, with its id; an empty id leaves them aside.
    mend
        Whether text that was broken once (``Ã©``) is mended; ``None``: offered.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0
    meanings: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()
    dropped: frozenset[int] = frozenset()
    framework: str = ""
    accepted: Mapping[str, str] = field(default_factory=dict)
    mend: bool | None = None


NOTHING_CHOSEN = Choices()
