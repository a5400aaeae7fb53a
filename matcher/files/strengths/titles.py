"""What the titles of columns say about the strengths below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from matcher.files.tables.columns import plain
from matcher.files.tables.headers import ROSTER_HEADERS

LISTS = frozenset(ROSTER_HEADERS["superpowers"])
"""Titles of a column that lists a member's strengths."""

ABOUT = re.compile(
    r"\b(super ?powers?|strengths?|themes?|talents?|clifton\w*|strengthsfinder|belbin|via|team roles?)\b"
)
"""A word by which a title is likely to be about strengths."""

OURS = re.compile(r"\bsuper ?powers?\b")
"""A word by which it surely is."""

UNORDERED = re.compile(
    r"\b(unranked|not ranked|any order|no (?:particular )?order|all that apply|select all|choose all|tick all"
    r"|check all|pick all|select up to)\b"
)
ORDERED = re.compile(
    r"(?<!not )\b(rank|ranked|ranking|(?<!any )(?<!no )(?<!particular )order|ordered|strongest first)\b"
)
SCORED = re.compile(r"\b(scores?|points?|ratings?|percent|percentile|raw|intensity|value)\b|%")
"""Words that say what the numbers or the order mean."""

PREFERRED = frozenset(
    {
        "preferred",
        "preferred role",
        "preferred roles",
        "preferred team roles",
        "preferred team role",
        "preferred belbin roles",
        "belbin preferred",
        "belbin preferred roles",
        "most preferred",
        "most preferred roles",
    }
)
NOT_PREFERRED = re.compile(r"\b(manageable|least preferred|avoided|least)\b")
"""Belbin's three columns, of which the first holds what a person is naturally good at."""

ORDINALS = {
    word: place
    for words in (
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
        ("primary", "secondary", "tertiary"),
    )
    for place, word in enumerate(words, 1)
}

NUMBERED_BASES = frozenset(
    {*LISTS, "theme", "talent theme", "talent", "signature theme", "signature strength", "clifton theme"}
    | {
        "clifton strength",
        "cliftonstrengths theme",
        "strengths theme",
        "strength no",
        "theme no",
        "top strength",
    }
    | {"top theme", "top", "via strength", "character strength", "belbin role", "preferred role", "preferred"}
    | {"preferred team role", "key strength", "strength name", "theme name", "superpower no", "super power"}
)
"""What is left of a title without its number when it surely numbers strengths."""


def numbered(title: str) -> tuple[str, int] | None:
    """Return what a title numbers, and the number: ``Strength #2`` gives ``strength`` and 2."""
    text = re.sub(
        r"(?<=\d) (?:(?:is|being|the) )*(?:strongest|weakest|highest|lowest|best|top)$", "", plain(title)
    )
    words = text.split()
    if words and words[0] in ORDINALS:
        return " ".join(words[1:]), ORDINALS[words[0]]
    if (
        words
        and words[-1] in ORDINALS
        and words[-2:-1] not in (["strongest"], ["best"], ["highest"], ["top"])
    ):
        return " ".join(words[:-1]), ORDINALS[words[-1]]
    match = re.fullmatch(r"(.*\S(?= )|.*[^\d\s]|) ?0?(\d{1,2})(?:st|nd|rd|th)?(?: choice| place)?", text)
    if match is None:
        match = re.fullmatch(r"(?P<n>\d{1,2})(?:st|nd|rd|th)? ?(?P<base>\D+)", text)
        return (match["base"].strip(), int(match["n"])) if match else None
    base = re.sub(r"^top (?:\d+|five|ten)$", "top", match[1] or "")
    return base, int(match[2])


def options(title: str) -> Iterator[str]:
    """Yield what a title may name: forms write ``Strengths [Vision]`` and ``Strengths - Vision``."""
    yield title
    if bracketed := re.findall(r"\[([^\]]*)\]", title):
        yield bracketed[-1]
    parts = re.split(r"\s[-–—]\s|[:.\n>/|]", title)
    yield parts[-1]
    yield parts[0]
    yield re.sub(r"\s*[(\[].*", "", title)
    yield re.sub(
        r"(?i)\s*\b(rank|score|points|raw|percent|percentile|%)$|^(rank|score)\b\s*(of|for)?\s*", "", title
    )


def named_options(header: Mapping[int, str], find: Callable[[str], object | None]) -> dict[int, str]:
    """Return, by their index, the columns whose title names something that ``find`` knows, and that name."""
    named = {}
    for index, title in header.items():
        name = next((option.strip() for option in options(title) if option.strip() and find(option)), None)
        if name is not None:
            named[index] = name
    return named


ATTRIBUTE = re.compile(
    r"\b(department|dept|team|group|unit|division|function|job|title|position|role|level|grade|location|office"
    r"|site|country|city|region|area|project|manager|skills?|hobby|hobbies|interests?|domain|family|gender"
    r"|language|comments?|notes?|goal|goals|weakness(?:es)?|growth|improve|develop|wants?|learn)\b"
)
"""Words by which a title is about something else, whatever its cells happen to be called."""
