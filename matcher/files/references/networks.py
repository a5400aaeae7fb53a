"""Networks: who turns to whom, as a list of pairs, a square table, or a form's answers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from matcher.files.references.finding import Finder, Nobody, Unclear
from matcher.files.references.pairs import chosen, header_words
from matcher.files.references.unclear import References
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.columns import Columns, Named, missing_columns, plain, yes_or_no
from matcher.files.tables.dates import day_first, moment
from matcher.files.tables.headers import ROSTER_HEADERS
from matcher.files.tables.source import Source, read_table
from matcher.files.tables.table import Findings, Reading, Row, Table
from matcher.people.errors import InputError, Problem
from matcher.people.member import Member
from matcher.people.names import counted, listed
from matcher.people.network import Network, Tie
from matcher.people.roster import Roster

COLUMNS: Named = {
    "from": (
        *(
            "from",
            "source",
            "seeker",
            "asker",
            "advice seeker",
            "receiver",
            "who",
            "ego",
            "voter",
            "nominator",
        ),
        *("von", "quelle", "wer", "de", "qui", *ROSTER_HEADERS["name"]),
    ),
    "to": (
        *(
            "to",
            "target",
            "giver",
            "helper",
            "adviser",
            "advisor",
            "advice giver",
            "whom",
            "alter",
            "contact",
        ),
        *("nominee", "goes to", "asks", "nach", "zu", "an", "ziel", "wen", "à", "vers", "cible"),
        *ROSTER_HEADERS["turns to"],
    ),
    "weight": (
        *("weight", "strength", "frequency", "how often", "times", "count", "value", "score", "gewicht"),
        *("häufigkeit", "anzahl", "stärke", "poids", "fréquence", "nombre", "force"),
    ),
}
PERSON: Named = {meaning: ROSTER_HEADERS[meaning] for meaning in ("first name", "last name", "email", "id")}
ANSWERED: Named = {"answered at": ROSTER_HEADERS["answered at"]}

QUESTION = re.compile(
    r"\b(?:turn(?:s|ed)? to|go(?:es)? to|ask(?:s|ed)?|advice|help|rel(?:y|ies) on|trust|wende\w*|rat|hilfe"
    r"|conseils?|aide|solicite\w*|sollicite\w*)\b"
)
"""What a form asks when it asks whom somebody turns to."""

SHOWN = 5
"""More names than this are counted."""


def read_networks(
    source: Source, roster: Roster, *, name: str | None = None, choices: Choices = NOTHING_CHOSEN
) -> Network:
    """Return who turns to whom. ``A, B`` means that **A turns to B**.

    Parameters
    ----------
    source
        A path, bytes, an open file, text with line breaks, or a table, in one of three shapes:

        - a list of pairs, ``from, to`` and if wanted ``weight``; several may stand in ``to``;
        - a square table, members in the header and in the first column: who stands at the beginning of
          a row turns to those in whose columns there is a tick or a number above 0, its weight;
        - a form's answers: a name or an email, and one or more columns that name people.
    roster
        Whom the file refers to, by id, email or name. Others are passed over with a note.
    name
        What to call the file in messages.
    choices
        What somebody chose instead of what is guessed; a column's meaning is ``from``, ``to``,
        ``weight``, ``first name``, ``last name``, ``email`` or ``id``.

    Raises
    ------
    InputError
        With everything that is wrong: file, row, column and what to do.
    """
    return load_networks(source, roster, name=name, choices=choices).checked()


def load_networks(
    source: Source, roster: Roster, *, name: str | None = None, choices: Choices = NOTHING_CHOSEN
) -> Reading[Network]:
    """Return who turns to whom as far as it is clear, and list the rest; see :func:`read_networks`.

    The notes say in which direction the file was read. Somebody who turns to themselves does not count,
    and a pair counts once in a direction, with its largest weight.
    """
    table = read_table(source, name, choices, words=header_words(COLUMNS, PERSON, ANSWERED))
    return _Reader(table, roster, choices).read()


class _Reader:
    """Turns one table into ties."""

    def __init__(self, table: Table, roster: Roster, choices: Choices) -> None:
        self.finder = Finder(roster)
        self.matrix = not choices.meanings and self._is_matrix(table)
        if not self.matrix and not choices.meanings and not table.header_row and table.rows:
            # a square table of ids has numbers where others have their columns' names
            first, *rest = table.rows
            turned = replace(table, header=first.cells, header_row=first.number, rows=tuple(rest))
            self.matrix = self._is_matrix(turned)
            table = turned if self.matrix else table
        self.table = table
        self.found = Findings(table)
        self.references = References(self.found, self.finder)
        self.columns = Columns(table, chosen({**COLUMNS, **PERSON, **ANSWERED}, choices))
        self.ties: dict[tuple[str, str], Tie] = {}
        self.outside: dict[str, None] = {}
        self.themselves: list[str] = []

    def read(self) -> Reading[Network]:
        ties = self._matrix() if self.matrix else self._listed()
        for member, other, weight in ties:
            if member is other:
                self.themselves.append(member.name)
                continue
            pair = member.key, other.key
            before = self.ties.get(pair)
            if before is None or before.weight < weight:
                self.ties[pair] = Tie(*pair, weight)
        self._tell()
        return self.found.reading(Network(tuple(self.ties.values())))

    def _tell(self) -> None:
        """Note the direction, and whom and what was passed over."""
        for tie in islice(self.ties.values(), 1):
            a, b = (self.finder.shown(self.finder.find(key)) for key in (tie.member, tie.turns_to))
            count = counted(len(self.ties), "tie")
            self.found.note(f"{count} read, from the one who turns to the one turned to: {a} turns to {b}.")
        if self.themselves:
            who = _some(dict.fromkeys(self.themselves))
            self.found.note(f"Nobody turns to themselves; that does not count for {who}.")
        if self.outside:
            verb = "is" if len(self.outside) == 1 else "are"
            self.found.note(f"{_some(self.outside)} {verb} not on the roster, and passed over.")
        self.references.close()
        if not self.ties and not self.found.problems:
            message = "Nobody on the roster turns to anybody here; check that this is the right file."
            self.found.problem(message)

    def _find(self, name: str, names: list[str], row: Row, index: int) -> Member | None:
        """Return whom a name means; ``names`` are all that its cell names, none when no fix can write it."""
        try:
            return self.finder.find(name)
        except Unclear as error:
            if isinstance(error, Nobody) and not error.offered:
                self.outside[name] = None
            elif names:
                self.references.unclear(error, name, names, row, index)
            else:
                self.references.problem(str(error), row, index)
        return None

    # --- a square table

    def _is_matrix(self, table: Table) -> bool:
        """Return whether most titles but the first, and most of the first cells, are members."""
        titles = [title for title in table.header[1:] if title]
        firsts = [row.cells[0] for row in table.rows if row.cells[0]]
        known = [sum(bool(self.finder.meant(text)) for text in texts) for texts in (titles, firsts)]
        return known[0] > 1 and 2 * known[0] >= len(titles) and 2 * known[1] >= len(firsts)

    def _matrix(self) -> Iterator[tuple[Member, Member, float]]:
        header = Row(self.table.header_row, self.table.header)
        columns = {
            index: member
            for index, title in enumerate(self.table.header)
            if index and title and (member := self._find(title, [], header, index))
        }
        for row in self.table.rows:
            member = self._find(row.cells[0], [row.cells[0]], row, 0) if row.cells[0] else None
            for index, other in columns.items() if member else ():
                weight = self._ticked(row, index, own=member is other) if row.cells[index] else 0
                if member and weight:
                    yield member, other, weight

    def _ticked(self, row: Row, index: int, *, own: bool) -> float:
        """Return the weight of a cell, 0 when it says no; on the diagonal it may say anything."""
        cell = row.cells[index]
        ticked = yes_or_no(cell)
        weight = float(ticked) if ticked is not None else _number(cell)
        if weight is None or weight < 0:
            if not own:
                message = f"“{cell}” is neither a tick nor a number; write x, a number, or nothing."
                self.references.problem(message, row, index, {"Count it": "x", "Leave it out": ""})
            return 0
        return weight

    # --- a list of pairs, or a form's answers

    def _listed(self) -> Iterator[tuple[Member, Member, float]]:
        ends = self._ends()
        answers: dict[str, tuple[Member, Row]] = {}
        latest = self._order()
        for row in self.table.rows:
            member = self._who(row)
            if member is None:
                continue
            if latest is None:
                yield from self._ties(member, row, ends)
                continue
            before = answers.get(member.key)
            if before is None:
                answers[member.key] = member, row
                continue
            later = max(before[1], row, key=lambda row: latest[row.number])
            earlier = row if later is before[1] else before[1]
            answers[member.key] = member, later
            self.found.note(
                f"{member.name} answered again in row {later.number}; the later answer counts.", earlier
            )
        for member, row in answers.values():
            yield from self._ties(member, row, ends)

    def _order(self) -> dict[int, tuple[bool, float, int]] | None:
        """Return what puts a form's answers in order, by row, or ``None`` when the file is no form's."""
        if "answered at" not in self.columns:
            return None
        cells = [self.columns.cell(row, "answered at") for row in self.table.rows]
        first = day_first(cells)
        return {
            row.number: (
                (when := moment(cell, first)) is not None,
                when.timestamp() if when else 0.0,
                row.number,
            )
            for row, cell in zip(self.table.rows, cells, strict=True)
        }

    def _ends(self) -> list[int]:
        """Return the columns that name whom somebody turns to."""
        named = self.columns.where
        if "from" not in named and not {"email", "id", "first name"} & named.keys():
            message = missing_columns("for who turns to somebody", "from", self.table)
            raise InputError(Problem(message, self.table.file, self.table.header_row))
        if "to" in named:
            stem = re.sub(r" ?\d+$", "", plain(self.table.header[named["to"]]))
            return [
                index
                for index, header in enumerate(self.table.header)
                if index == named["to"] or re.fullmatch(rf"{re.escape(stem)} ?\d+", plain(header))
            ]
        free = [index for index in range(len(self.table.header)) if index not in named.values()]
        people = [index for index in free if self._names_people(index)]
        asked = [index for index in people if QUESTION.search(plain(self.table.header[index]))] or people
        if not asked:
            message = missing_columns("for whom they turn to", "to", self.table)
            raise InputError(Problem(message, self.table.file, self.table.header_row))
        titles = listed(f"“{self.references.titles[index]}”" for index in asked)
        self.found.note(f"{titles} {'is' if len(asked) == 1 else 'are'} taken for whom they turn to.")
        return asked

    def _names_people(self, index: int) -> bool:
        """Return whether at least half of a column's filled cells name a member."""
        cells = [row.cells[index] for row in self.table.rows if row.cells[index]]
        known = sum(any(self.finder.meant(name) for name in self.finder.split(cell)) for cell in cells)
        return 0 < len(cells) <= 2 * known

    def _who(self, row: Row) -> Member | None:
        """Return who turns to somebody: by name, email, or id, the first that is clear."""
        where, cell = self.columns.where, self.columns.cell
        full = f"{cell(row, 'first name')} {cell(row, 'last name')}".strip()
        texts = [
            (text, where[meaning])
            for meaning, text in (
                ("from", cell(row, "from")),
                ("first name", full),
                ("email", cell(row, "email")),
                ("id", cell(row, "id")),
            )
            if text and meaning in where
        ]
        for text, _ in texts:
            if len(members := self.finder.meant(text)) == 1:
                return members[0]
        if not texts:
            if any(row.cells):
                place = next(where[m] for m in ("from", "first name", "email", "id") if m in where)
                self.references.problem("The row does not say who; fill in the cell.", row, place)
            return None
        text, index = texts[0]
        return self._find(text, [text], row, index)

    def _ties(self, member: Member, row: Row, ends: list[int]) -> Iterator[tuple[Member, Member, float]]:
        weight = self._weight(row)
        for index in ends if weight else ():
            names = self.finder.split(row.cells[index])
            for name in names:
                other = self._find(name, names, row, index)
                if other is not None:
                    yield member, other, weight

    def _weight(self, row: Row) -> float:
        cell = self.columns.cell(row, "weight")
        weight = _number(cell) if cell else 1.0
        if weight is None or weight < 0:
            message = f"“{cell}” is not a number; write how much, such as 1, or nothing."
            self.references.problem(message, row, self.columns.where["weight"])
            return 0
        return weight


def _number(cell: str) -> float | None:
    try:
        number = float(cell.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _some(names: dict[str, None]) -> str:
    """Return some names as a sentence has them; the rest is counted."""
    shown = [f"“{name}”" for name in islice(names, SHOWN)]
    more = len(names) - len(shown)
    return listed([*shown, f"{more} more"] if more else shown)
