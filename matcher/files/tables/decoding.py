"""From bytes to text."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from matcher.people.errors import InputError, Problem

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16, so it is tried before it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

CODE_PAGES = {
    "cp1252": "Western European (Windows-1252)",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "mac_roman": "Western European (Mac)",
    "cp932": "Japanese (Shift-JIS)",
    "gb18030": "Chinese (GB 18030)",
}
"""What is guessed among: with more, a short list of names is too often read as something rare."""

NEAR_TIE = 0.05
"""A code page is considered when its text is at most this much messier than the best; of equal ones,
that whose letters one language has most often, then Western European is taken."""


ALL_ACCENTS = re.compile("[\u00c0-\u024f]{5,}")
"""So many accented Latin letters in a row are Cyrillic that was read as Latin."""


@dataclass(frozen=True)
class Decoded:
    """A text, its encoding, and whether that was guessed."""

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes, file: str, encoding: str = "") -> Decoded:
    """Return the text of a file.

    A byte order mark decides, then the pattern of UTF-16, then strict UTF-8; what is left is guessed.

    Parameters
    ----------
    data, file
        The bytes, and what the file is called in messages.
    encoding
        Python's name of the encoding, when somebody has chosen it.

    Raises
    ------
    InputError
        When the chosen encoding, or the one that the byte order mark names, does not fit.
    """
    chosen = encoding or next((name for mark, name in BOMS if data.startswith(mark)), None)
    if chosen:
        try:
            return Decoded(data.decode(chosen).removeprefix("\ufeff"), chosen)
        except (UnicodeError, LookupError):
            raise InputError(
                Problem(f"The text cannot be read as {chosen}; save the file as CSV UTF-8 again.", file)
            ) from None
    for name in (*_utf16(data), "utf-8"):
        try:
            return Decoded(data.decode(name), name)
        except UnicodeDecodeError:
            continue
    name = _guess(data)
    return Decoded(data.decode(name, errors="replace"), name, guessed=True)


def _utf16(data: bytes) -> tuple[str, ...]:
    """Return the UTF-16 that the bytes look like: every other byte of Latin text is zero.

    Bytes that are UTF-8 too need more zeros, since a few may have strayed into any file.
    """
    high, low = data[::2].count(0), data[1::2].count(0)
    share = 4 if _is_utf8(data) else 20
    if len(data) % 2 or max(high, low) * share < len(data) or max(high, low) < 5 * min(high, low):
        return ()
    return ("utf-16-le",) if low > high else ("utf-16-be",)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> str:
    """Return the likeliest code page; of those nearly as likely, the one with the fewest odd characters."""
    from charset_normalizer import from_bytes

    matches = from_bytes(
        data, cp_isolation=list(CODE_PAGES), preemptive_behaviour=False, enable_fallback=False
    )
    best = matches.best()
    if best is None:
        return "cp1252"
    near = [match for match in matches if match.chaos <= best.chaos + NEAR_TIE]
    # code pages that give the same text are listed once, under one of their names
    choices = [
        (_odd(str(match)), -_usual(str(match)), name != "cp1252", name)
        for match in near
        for name in _names(match)
    ]
    return min(choices)[3]


def _names(match: CharsetMatch) -> list[str]:
    return [match.encoding, *(name for name in match.could_be_from_charset if name == "cp1252")]


def _usual(text: str) -> float:
    """Return the share of the letters beyond ASCII that are frequent in the language they fit best."""
    from charset_normalizer.constant import FREQUENCIES

    letters = [character for character in text.casefold() if character.isalpha() and not character.isascii()]
    return max(sum(letter in frequent for letter in letters) for frequent in FREQUENCIES.values()) / max(
        1, len(letters)
    )


def _odd(text: str) -> int:
    """Return how many characters beyond ASCII no name would have.

    No letters, capitals inside a word, letters of another script, accents on letter after letter.
    """
    return len(ALL_ACCENTS.findall(text)) + sum(
        (not after.isascii() and (not after.isalpha() or (after.isupper() and before.islower())))
        or _mixed(before, after)
        for before, after in pairwise(f" {text}")
        if not (before.isascii() and after.isascii())
    )


def _mixed(before: str, after: str) -> bool:
    """Return whether a plain Latin letter stands beside one of another script: no name has that."""
    if not (before.isalpha() and after.isalpha()) or before.isascii() == after.isascii():
        return False
    return "LATIN" not in unicodedata.name(before if after.isascii() else after, "")
