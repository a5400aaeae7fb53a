"""Rules: one row a rule, or one row a member with those it has to be kept apart from."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Literal

from matcher.files.columns import Columns, Named, pieces
from matcher.files.nearest import did_you_mean, find_member, nearest_superpowers
from matcher.files.source import Source, read_table
from matcher.files.table import Findings, Reading, Row, Table
from matcher.people.friction import Friction, Severity
from matcher.people.names import fold, listed
from matcher.people.roster import Roster, UnknownMember
from matcher.rules import Apart, Needs, Pin, Together, needs
from matcher.rules.needs import EVERY_GROUP

FileRule = Apart | Together | Pin | Needs
"""A rule that a file can state."""

COLUMNS: Named = {
    "rule": ("rule", "rules"),
    "who": ("who", "members", "names"),
    "value": ("value", "group"),
}
PAIR_COLUMNS: Named = {"name": ("name", "member", "person", "full name", "student", "participant")}

WORDS = ("apart", "together", "pin", "at most", "at least")


def read_rules(
    source: Source, roster: Roster, *, frictions: Iterable[Friction] = (), name: str | None = None
) -> tuple[FileRule, ...]:
    """Return the rules that a file lists.

    Parameters
    ----------
    source
        A path, bytes, an open file, or text with line breaks: either with the columns ``rule``,
        ``who`` and ``value``, or with ``name`` followed by one column for each member to keep
        apart from.
    roster
        Whom the file refers to, by id, email or name.
    frictions
        Looked at for members whom a rule puts together although they must never be.
    name
        What to call the file in messages.

    Raises
    ------
    InputError
        With everything that is wrong: file, row, column and what to do.
    """
    return load_rules(source, roster, frictions=frictions, name=name).checked()


def load_rules(
    source: Source, roster: Roster, *, frictions: Iterable[Friction] = (), name: str | None = None
) -> Reading[tuple[FileRule, ...]]:
    """Return the rules that are clear, and list the rest; see :func:`read_rules`."""
    reader = _Reader(read_table(source, name), roster)
    rules = reader.rules()
    reader.contradictions(rules, frictions)
    return reader.found.reading(tuple(dict.fromkeys(rule for _, rule in rules)))


def checked_need(text: str, roster: Roster) -> tuple[str, str, int]:
    """Return kind, value and count of a need that the roster knows, such as ``family=people:1``.

    Raises
    ------
    ValueError
        With a sentence that says what is wrong and what to do.
    """
    kind, value, count = needs.parse_need(text)
    catalogue = roster.catalogue
    if fold(kind) == "superpower":
        if catalogue.recognise(value) is None:
            near = nearest_superpowers(value, catalogue)
            question = f"; did you mean {listed((f'“{n}”' for n in near), 'or')}?" if near else "."
            raise ValueError(f"“{value}” is not a superpower of the catalogue{question}")
    elif fold(kind) == "family":
        families = [f.name for f in catalogue.families]
        if not any(fold(value) in (fold(f.id), fold(f.name)) for f in catalogue.families):
            raise ValueError(f"“{value}” is not a family; the families are {listed(families)}.")
    else:
        _check_attribute(kind, value, roster)
    return kind, value, count


def _check_attribute(kind: str, value: str, roster: Roster) -> None:
    column = next((name for name in roster.attributes if fold(name) == fold(kind)), None)
    if column is None:
        choices = ["family", "superpower", *roster.attributes]
        raise ValueError(
            f"“{kind}” is not a column of the roster{did_you_mean(kind, choices) or '.'} "
            f"Possible are {listed(choices, 'or')}."
        )
    values = list(dict.fromkeys(m.attributes[column] for m in roster.members if m.attributes.get(column)))
    if fold(value) not in map(fold, values):
        raise ValueError(
            f"Nobody on the roster has the {column} “{value}”{did_you_mean(value, values) or '.'}"
        )


class _Reader:
    """Turns the rows of one table into rules."""

    def __init__(self, table: Table, roster: Roster) -> None:
        self.table, self.roster = table, roster
        self.columns, self.found = Columns(table, COLUMNS), Findings(table)

    def rules(self) -> list[tuple[Row, FileRule]]:
        """Return every rule with its row."""
        pairs = Columns(self.table, PAIR_COLUMNS)
        if "rule" not in self.columns and "name" in pairs and len(self.table.header) > 1:
            return [(row, rule) for row in self.table.rows for rule in self._kept_apart(row)]
        self.columns.need("rule", "who")
        return [(row, rule) for row in self.table.rows for rule in self._stated(row)]

    def contradictions(self, rules: list[tuple[Row, FileRule]], frictions: Iterable[Friction]) -> None:
        """Report members who are to be both together and apart."""
        apart = {
            frozenset((f.a, f.b)): "a friction says “never”"
            for f in frictions
            if f.severity is Severity.NEVER
        }
        for row, rule in rules:
            if isinstance(rule, Apart):
                for pair in combinations(rule.members, 2):
                    apart.setdefault(frozenset(pair), f"row {row.number} keeps them apart")
        for row, rule in rules:
            for pair in combinations(rule.members, 2) if isinstance(rule, Together) else ():
                if frozenset(pair) in apart:
                    names = listed(self.roster.find(key).name for key in pair)
                    why = apart[frozenset(pair)]
                    self.found.problem(
                        f"{names} are to be together here, but {why}; remove one of the two.",
                        row,
                        self.columns.title("who"),
                    )

    def _stated(self, row: Row) -> list[FileRule]:
        """Return what a row with ``rule``, ``who`` and ``value`` says."""
        text, value = self.columns.cell(row, "rule"), self.columns.cell(row, "value")
        who = pieces(self.columns.cell(row, "who"))
        if fold(text) not in WORDS:
            self._problem(f"“{text}” is not a rule; write {listed(WORDS, 'or')}.", row, "rule")
            return []
        if not who:
            self._problem("The rule does not say for whom; fill in the cell.", row, "who")
            return []
        if fold(text) in ("at most", "at least"):
            return self._needs("at most" if fold(text) == "at most" else "at least", who, row)
        keys = self._keys(who, row, self.columns.title("who"))
        if len(keys) < len(who):
            return []
        if fold(text) == "pin":
            if value:
                return [Pin(keys, value)]
            self._problem("“pin” needs the name of a group; write it here.", row, "value")
            return []
        try:
            return [Apart(keys) if fold(text) == "apart" else Together(keys)]
        except ValueError as error:
            self._problem(f"{error} Separate the names by “;”.", row, "who")
            return []

    def _needs(self, side: Literal["at most", "at least"], groups: list[str], row: Row) -> list[FileRule]:
        try:
            kind, value, count = checked_need(self.columns.cell(row, "value"), self.roster)
        except ValueError as error:
            self._problem(str(error), row, "value")
            return []
        names = [EVERY_GROUP if fold(group) == EVERY_GROUP else group for group in groups]
        return [Needs(name, side, kind, value, count) for name in names]

    def _kept_apart(self, row: Row) -> list[FileRule]:
        """Return one rule for each pair of a row's first member with another one."""
        (_, name), *others = zip(self.table.header, row.cells, strict=True)
        if not name:
            self.found.problem("The row has no name; fill in the cell.", row, self.table.header[0])
            return []
        first = self._keys([name], row, self.table.header[0])
        rules: list[FileRule] = []
        for column, cell in others:
            for key in self._keys([cell] if cell else [], row, column):
                if key in first:
                    self.found.problem(
                        f"{name} cannot be kept apart from themselves; name somebody else.", row, column
                    )
                else:
                    rules += [Apart((mine, key)) for mine in first]
        return rules

    def _keys(self, references: list[str], row: Row, column: str) -> tuple[str, ...]:
        keys: list[str] = []
        for reference in references:
            try:
                keys.append(find_member(reference, self.roster).key)
            except UnknownMember as error:
                self.found.problem(str(error), row, column)
        return tuple(keys)

    def _problem(self, message: str, row: Row, meaning: str) -> None:
        self.found.problem(message, row, self.columns.title(meaning))
