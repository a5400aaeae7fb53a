"""How a column writes people's names: the last name first, with an id behind it, with a form of address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from matcher.people.names import counted, fold

MOST = 0.6
"""A column writes its names in a certain way when so many of them are."""

WITH_ID = re.compile(r"(?P<name>.*\S)\s+(?:[(\[]\s*(?:id:?\s*|#)?(?P<id>[^\W\d_]{0,4}-?\d[\w-]*)\s*[)\]])")
ID_BEFORE = re.compile(r"(?P<id>[^\W\d_]{0,4}-?\d{2,}[\w]*)\s*[-–:|]\s+(?P<name>[^\W\d_].*\S)")
WITH_EMAIL = re.compile(
    r"[\"']?(?P<name>[^<>(\[\"]*[^<>(\[\"\s])[\"']?\s*[<(\[](?P<email>[^<>()\[\]@\s]+@[^<>()\[\]@\s]+)[>)\]]\s*;?"
)
WITH_STATUS = re.compile(
    r"(?P<name>.*\S)\s*[(\[](?P<status>on leave|terminated|inactive|loa|leave of absence)[)\]]", re.I
)
LAST_FIRST = re.compile(r"(?P<last>[^,;]*[^,;\s])\s*,\s*(?P<first>[^,;]*[^,;\s])")
SUFFIX = re.compile(
    r"(?:jr|sr|ii|iii|iv|ph\.? ?d|m\.?d|mba|m\.?sc|b\.?sc|m\.?a|b\.?a|esq|cpa|rn|dr|pmp|cfa|inc)\.?",
    re.I,
)
"""What stands behind a comma and is no first name."""

ADDRESS = re.compile(
    r"(?:mr|mrs|ms|miss|mx|herrn?|frau|mme|mlle|monsieur|madame|mademoiselle)\b\.?\s+(?P<name>\S.*)"
    r"|m\.\s+(?P<one>\S.*)",
    re.I,
)
"""A form of address; academic titles are people's own and stay."""


@dataclass(frozen=True)
class PersonName:
    """A name, and what its cell said besides.

    Parameters
    ----------
    text
        As people read it.
    id, email, status
        What stood behind it; empty when nothing did.
    """

    text: str
    id: str = ""
    email: str = ""
    status: str = ""


class NameCells:
    """Reads the names of one column, all in the same way.

    Parameters
    ----------
    cells
        What the column says, row by row.

    Attributes
    ----------
    notes
        What is read otherwise than it is written, a sentence for the whole column.
    """

    def __init__(self, cells: Iterable[str]) -> None:
        self.notes: list[str] = []
        self._steps: list[Callable[[PersonName], PersonName]] = []
        self._known: dict[str, PersonName] = {}
        written = list(dict.fromkeys(text for cell in cells if (text := " ".join(cell.split()))))
        names: Sequence[PersonName] = [_without_status(PersonName(text)) for text in written]
        for step, counts, every in (
            (_without_email, WITH_EMAIL.fullmatch, True),
            (_without_id, _told_id, True),
            (_turned, _is_last_first, True),
            (_without_address, ADDRESS.fullmatch, False),
        ):
            names = self._take(step, counts, names, every)
        self._note(written, names)

    def read(self, cell: str) -> PersonName:
        """Return the name that a cell holds."""
        text = " ".join(cell.split())
        found = self._known.get(text)
        if found is None:
            found = _without_status(PersonName(text))
            for step in self._steps:
                found = step(found)
            self._known[text] = found
        return found

    def _take(
        self,
        step: Callable[[PersonName], PersonName],
        counts: Callable[[str], object],
        names: Sequence[PersonName],
        every: bool,
    ) -> Sequence[PersonName]:
        """Return the names after a step, if the column asks for it and no two people become one by it."""
        meant = sum(bool(counts(name.text)) for name in names)
        if not meant or (every and meant < MOST * len(names)):
            return names
        after = [step(name) for name in names]
        if len({(fold(n.text), n.id) for n in after}) < len({(fold(n.text), n.id) for n in names}):
            return names
        self._steps.append(step)
        return after

    def _note(self, written: Sequence[str], names: Sequence[PersonName]) -> None:
        changed = [(text, name) for text, name in zip(written, names, strict=True) if text != name.text]
        if changed:
            text, name = changed[0]
            behind = "".join(
                f", {what} “{value}”" for what, value in (("id", name.id), ("email", name.email)) if value
            )
            others = f", and {counted(len(changed) - 1, 'other')} likewise" if len(changed) > 1 else ""
            self.notes.append(f"“{text}” is read as “{name.text}”{behind}{others}.")


def last_first(cell: str) -> str:
    """Return a name that is written with the last name first the other way round, or an empty text."""
    return _turned(PersonName(cell)).text if _is_last_first(cell) else ""


def status_beside(cell: str) -> str:
    """Return the status that stands in brackets behind a name, such as ``On Leave``."""
    return _without_status(PersonName(" ".join(cell.split()))).status


def _is_last_first(text: str) -> bool:
    match = LAST_FIRST.fullmatch(_bare(text)[0])
    return match is not None and SUFFIX.fullmatch(match["first"]) is None


def _bare(text: str) -> tuple[str, str]:
    """Return a name without what stands behind its last comma, and that, when it is no first name."""
    head, comma, tail = text.rpartition(",")
    return (head.strip(), f", {tail.strip()}") if comma and SUFFIX.fullmatch(tail.strip()) else (text, "")


def _turned(name: PersonName) -> PersonName:
    bare, suffix = _bare(name.text)
    match = LAST_FIRST.fullmatch(bare)
    if match is None or not _is_last_first(name.text):
        return name
    return replace(name, text=f"{match['first']} {match['last']}{suffix}")


def _told_id(text: str) -> re.Match[str] | None:
    return WITH_ID.fullmatch(text) or ID_BEFORE.fullmatch(text)


def _without_id(name: PersonName) -> PersonName:
    match = _told_id(name.text)
    return replace(name, text=match["name"], id=match["id"]) if match else name


def _without_email(name: PersonName) -> PersonName:
    match = WITH_EMAIL.fullmatch(name.text)
    return replace(name, text=match["name"].strip(), email=match["email"]) if match else name


def _without_status(name: PersonName) -> PersonName:
    match = WITH_STATUS.fullmatch(name.text)
    return replace(name, text=match["name"], status=match["status"]) if match else name


def _without_address(name: PersonName) -> PersonName:
    match = ADDRESS.fullmatch(name.text)
    rest = (match["name"] or match["one"]) if match else ""
    return replace(name, text=rest) if len(rest.split()) > 1 else name
