"""Tables without a member: their rows, and every row, pair and entry that names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from matcher.files.references.persons import Persons, replaced
from matcher.people.errors import InputError
from matcher.people.names import fold
from matcher.work.forgotten import Forgotten
from matcher.work.sheets import Sheet
from matcher.work.workspace import NO_FRICTIONS, NO_PROJECTS, NO_RULES, Workspace

Row = tuple[str, ...]
Change = Callable[[Row], Row | None]
"""Gives what stands for a row: another, the same, or ``None`` when it goes."""

A, B, NOTE = (NO_FRICTIONS.header.index(title) for title in ("member a", "member b", "note"))
RULE, WHO = (NO_RULES.header.index(title) for title in ("rule", "who"))
LEAD, MEMBERS = (NO_PROJECTS.header.index(title) for title in ("lead", "members"))
PAIRS = ("apart", "together")
"""Rules that are about two members at least."""


class Tables:
    """The tables of a workspace without a member.

    Parameters
    ----------
    who
        Whom to forget.
    told
        What messages that stand beside a table become.
    """

    def __init__(self, who: Forgotten, told: Callable[[Sheet], Sheet]) -> None:
        self._who, self._told = who, told

    def people(self, sheet: Sheet, meanings: Mapping[str, str] | None = None) -> Sheet:
        """Return a table of people without their row, and without them in the rows of others."""
        meant = dict(zip(sheet.header, sheet.meant, strict=False)) if sheet.meant else {}
        persons = Persons(sheet.header, {**meant, **(meanings or {})})
        others, nobodys, who = persons.others(), persons.nobodys(), self._who

        def cell(place: int, text: str) -> str:
            if place in nobodys:
                return text
            if place in others:
                return replaced(text, lambda entry: None if who.refers(entry) else entry)
            return who.text(replaced(text, lambda entry: None if who.refers_clearly(entry) else entry))

        def change(row: Row) -> Row | None:
            person = persons.of(row)
            if who.is_called(person.id, person.email, person.name):
                return None
            own = tuple(cell(place, text) for place, text in enumerate(row))
            return row if own == row else own

        return self._changed(sheet, change)

    def frictions(self, sheet: Sheet) -> Sheet:
        """Return a table of frictions, in our own columns, without those that they have."""
        who = self._who

        def change(row: Row) -> Row | None:
            if who.refers(row[A]) or who.refers(row[B]):
                return None
            return tuple(who.words(text) if place == NOTE else text for place, text in enumerate(row))

        return self._changed(sheet, change)

    def rules(self, sheet: Sheet) -> Sheet:
        """Return a table of rules, in our own columns, without them; a rule about too few is none."""
        who = self._who

        def change(row: Row) -> Row | None:
            left = replaced(row[WHO], lambda entry: None if who.refers(entry) else entry)
            fewest = 2 if fold(row[RULE]) in PAIRS else 1
            if left != row[WHO] and len([entry for entry in left.split(";") if entry.strip()]) < fewest:
                return None
            return tuple(left if place == WHO else who.text(text) for place, text in enumerate(row))

        return self._changed(sheet, change)

    def projects(self, sheet: Sheet) -> Sheet:
        """Return a table of projects, in our own columns, that neither are led by them nor name them."""
        who = self._who

        def cell(place: int, text: str) -> str:
            if place in (LEAD, MEMBERS):
                return replaced(text, lambda entry: None if who.refers(entry) else entry)
            return who.text(text)

        return self._changed(sheet, lambda row: tuple(cell(place, text) for place, text in enumerate(row)))

    def former(self, sheet: Sheet) -> Sheet:
        """Return the table of a round in which they are a former member."""
        persons, who = Persons(sheet.header), self._who
        named = persons.named()

        def change(row: Row) -> Row:
            person = persons.of(row)
            if who.is_called(person.id, person.email, person.name):
                return persons.anonymous(row, who.alias)
            return tuple(
                who.text(replaced(text, who.key) if place in named else text)
                for place, text in enumerate(row)
            )

        return self._changed(sheet, change)

    def plain(self, work: Workspace, table: str) -> Sheet:
        """Return a table of the workspace without them; in our own columns if they stood in it."""
        sheet: Sheet = getattr(work, table)
        try:
            ours: Sheet = getattr(work, f"plain_{table}")
        except InputError:  # nothing can be made of it: every text in it may be a name
            return self._changed(sheet, lambda row: tuple(map(self._who.key, row)))
        change: Callable[[Sheet], Sheet] = getattr(self, table)
        after = change(ours)
        return self._told(sheet) if after.rows == ours.rows else after

    def network(self, work: Workspace) -> Sheet | None:
        """Return who turns to whom without them, one row a pair."""
        sheet, found = work.network, work.found_network.value
        if sheet is None or found is None:
            return None  # nobody knows what it says
        ties = [
            tie for tie in found.ties if not (self._who.refers(tie.member) or self._who.refers(tie.turns_to))
        ]
        if len(ties) == len(found.ties) and not found_in(self._who, sheet):
            return self._told(sheet)
        rows = tuple((tie.member, tie.turns_to, f"{tie.weight:g}") for tie in ties)
        return Sheet(self._who.text(sheet.name), ("from", "to", "weight"), rows)

    def _changed(self, sheet: Sheet, change: Change) -> Sheet:
        rows = [(number, change(row)) for number, row in zip(sheet.numbers, sheet.rows, strict=True)]
        kept = [(number, row) for number, row in rows if row is not None]
        header = tuple(map(self._who.text, sheet.header))
        numbers, left = tuple(number for number, _ in kept), tuple(row for _, row in kept)
        if (header, numbers, left) == (sheet.header, sheet.numbers, sheet.rows):
            return self._told(sheet)
        return self._told(replace(sheet, header=header, rows=left, numbers=numbers))


def found_in(who: Forgotten, sheet: Sheet) -> bool:
    """Return whether a table names somebody."""
    texts = (text for row in (sheet.header, *sheet.rows) for text in row)
    return any(who.refers_clearly(text) or who.text(text) != text for text in texts)
