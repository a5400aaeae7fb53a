"""Rules: one row a rule, or one row a member with those it is to be kept apart from or together with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Literal

from matcher.files.nearest import nearest
from matcher.files.references.finding import Finder
from matcher.files.references.needs import UnclearNeed, checked_need
from matcher.files.references.pairs import PAIR_HEADERS, chosen, header_words, other_columns
from matcher.files.references.unclear import References
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.columns import Columns, Named, pieces
from matcher.files.tables.headers import ROSTER_HEADERS
from matcher.files.tables.source import Source, read_table
from matcher.files.tables.table import Findings, Reading, Row, Table
from matcher.people.errors import Fix
from matcher.people.friction import Friction, Severity
from matcher.people.names import fold, listed
from matcher.people.roster import Roster
from matcher.rules import Apart, Needs, Pin, Together
from matcher.rules.needs import EVERY_GROUP

FileRule = Apart | Together | Pin | Needs
"""A rule that a file can state."""

COLUMNS: Named = {
    "rule": ("rule", "rules", "constraint", "regel", "règle", "regle", "contrainte"),
    "who": (
        "who",
        "members",
        "names",
        "people",
        "whom",
        "wer",
        "mitglieder",
        "namen",
        "qui",
        "membres",
        "noms",
    ),
    "value": ("value", "group", "wert", "gruppe", "valeur", "groupe"),
}
Word = Literal["apart", "together", "pin", "at most", "at least"]
WORDS: tuple[Word, ...] = ("apart", "together", "pin", "at most", "at least")
MEANT: Mapping[str, Word] = {
    **dict.fromkeys(
        ("separate", "separated", "split", "keep apart", "not together", "never together", "different"),
        "apart",
    ),
    **dict.fromkeys(("nicht zusammen", "getrennt", "trennen", "séparer", "séparés", "pas ensemble"), "apart"),
    **dict.fromkeys(("same", "same team", "same group", "with", "keep together", "join", "pair"), "together"),
    **dict.fromkeys(("zusammen", "gemeinsam", "ensemble"), "together"),
    **dict.fromkeys(("fix", "fixed", "fixed to", "assign", "lock", "place", "belongs to", "fest"), "pin"),
    **dict.fromkeys(("max", "maximum", "no more than", "up to", "<=", "höchstens", "au plus"), "at most"),
    **dict.fromkeys(("min", "minimum", "no fewer than", "no less than", ">=", "needs"), "at least"),
    **dict.fromkeys(("mindestens", "au moins"), "at least"),
}
"""What others call our rules: offered, not taken."""


def read_rules(
    source: Source,
    roster: Roster,
    *,
    frictions: Iterable[Friction] = (),
    name: str | None = None,
    pairs: Literal["apart", "together"] = "apart",
    choices: Choices = NOTHING_CHOSEN,
) -> tuple[FileRule, ...]:
    """Return the rules that a file lists.

    Parameters
    ----------
    source
        A path, bytes, an open file, text with line breaks, or a table: either with the columns
        ``rule``, ``who`` and ``value``, or with ``name, other 1, other 2, …`` and, if wanted, ``rule``.
    roster
        Whom the file refers to, by id, email or name.
    frictions
        Looked at for members whom a rule puts together although they must never be.
    name
        What to call the file in messages.
    pairs
        The rule that ``name, other 1, …`` states where there is no column ``rule``: the first is kept
        apart from each of the others, or all are kept together.
    choices
        What somebody chose instead of what is guessed; a column's meaning is one of those above.

    Raises
    ------
    InputError
        With everything that is wrong: file, row, column and what to do.
    """
    return load_rules(source, roster, frictions=frictions, name=name, pairs=pairs, choices=choices).checked()


def load_rules(
    source: Source,
    roster: Roster,
    *,
    frictions: Iterable[Friction] = (),
    name: str | None = None,
    pairs: Literal["apart", "together"] = "apart",
    choices: Choices = NOTHING_CHOSEN,
) -> Reading[tuple[FileRule, ...]]:
    """Return the rules that are clear, and list the rest; see :func:`read_rules`."""
    table = read_table(source, name, choices, words=header_words(COLUMNS, PAIR_HEADERS))
    reader = _Reader(table, roster, pairs, choices)
    rules = reader.rules()
    reader.contradictions(rules, frictions)
    reader.references.close()
    return reader.found.reading(tuple(dict.fromkeys(rule for _, rule in rules)))


def standard_rules(
    table: Table, pairs: Literal["apart", "together"] = "apart", choices: Choices = NOTHING_CHOSEN
) -> Table:
    """Return a file's rules in our own columns, one row a rule, to be edited; see :func:`read_rules`.

    Raises
    ------
    InputError
        When the columns for the rule or its members are missing.
    """
    columns = Columns(table, chosen(COLUMNS, choices))
    first, others = _paired_columns(table, columns)
    if not others:
        columns.need("rule", "who")
        cells = [(row.number, tuple(columns.cell(row, meaning) for meaning in COLUMNS)) for row in table.rows]
    else:
        cells = [
            (row.number, (columns.cell(row, "rule") or pairs, f"{row.cells[first]}; {row.cells[other]}", ""))
            for row in table.rows
            for other in others
            if row.cells[other]
        ]
    return replace(table, header=tuple(COLUMNS), rows=tuple(Row(number, texts) for number, texts in cells))


def _paired_columns(table: Table, columns: Columns) -> tuple[int, list[int]]:
    """Return the columns of a row's first member and of the others; no others where rules are stated."""
    named = Columns(table, PAIR_HEADERS)
    if ("rule" in columns and "who" in columns) or "name" not in named:
        return -1, []
    first, others = named.where["name"], other_columns(table)
    if not others and "rule" not in columns:  # whatever else there is, but what tells who the first one is
        facts = Columns(table, {meaning: ROSTER_HEADERS[meaning] for meaning in ("id", "email")})
        others = [i for i in range(len(table.header)) if i != first and i not in facts.where.values()]
    return first, others


class _Reader:
    """Turns the rows of one table into rules."""

    def __init__(
        self, table: Table, roster: Roster, pairs: Literal["apart", "together"], choices: Choices
    ) -> None:
        self.table, self.roster, self.pairs = table, roster, pairs
        self.columns, self.found = Columns(table, chosen(COLUMNS, choices)), Findings(table)
        self.references = References(self.found, Finder(roster))

    def rules(self) -> list[tuple[Row, FileRule]]:
        """Return every rule with its row."""
        first, others = _paired_columns(self.table, self.columns)
        if others:
            return [(row, rule) for row in self.table.rows for rule in self._paired(row, first, others)]
        self.columns.need("rule", "who")
        return [(row, rule) for row in self.table.rows for rule in self._stated(row)]

    def contradictions(self, rules: list[tuple[Row, FileRule]], frictions: Iterable[Friction]) -> None:
        """Report members who are to be both together and apart."""
        apart = {
            frozenset((f.a, f.b)): ("a friction says “never”", 0)
            for f in frictions
            if f.severity is Severity.NEVER
        }
        for row, rule in rules:
            if isinstance(rule, Apart):
                for pair in combinations(rule.members, 2):
                    apart.setdefault(frozenset(pair), (f"row {row.number} keeps them apart", row.number))
        for row, rule in rules:
            for pair in combinations(rule.members, 2) if isinstance(rule, Together) else ():
                if frozenset(pair) in apart:
                    names = listed(self.roster.find(key).name for key in pair)
                    why, other = apart[frozenset(pair)]
                    drops = [row.number, *([other] if other not in (0, row.number) else [])]
                    self.found.problem(
                        f"{names} are to be together here, but {why}; remove one of the two.",
                        row,
                        self.columns.title("who"),
                        [Fix(f"Remove row {number}", drop=(number,)) for number in drops],
                    )

    def _stated(self, row: Row) -> list[FileRule]:
        """Return what a row with ``rule``, ``who`` and ``value`` says."""
        value, word = self.columns.cell(row, "value"), self._word(row)
        if word is None:
            return []
        who = pieces(self.columns.cell(row, "who"))
        if not who:
            self._problem("The rule does not say for whom; fill in the cell.", row, "who")
            return []
        if word == "at most" or word == "at least":  # noqa: PLR1714 - tells the type checker which two
            return self._needs(word, who, row)
        members, clear = self.references.several(row, self.columns.where["who"])
        if not clear:
            return []
        keys = tuple(member.key for member in members)
        if word == "pin":
            if value:
                return [Pin(keys, value)]
            self._problem("“pin” needs the name of a group; write it here.", row, "value")
            return []
        return self._rule(word, keys, row, self.columns.where["who"])

    def _rule(self, word: str, keys: tuple[str, ...], row: Row, index: int) -> list[FileRule]:
        try:
            return [Apart(keys) if word == "apart" else Together(keys)]
        except ValueError as error:
            self.references.problem(f"{error} Separate the names by “;”.", row, index)
            return []

    def _word(self, row: Row) -> Word | None:
        """Return which of our rules a row states."""
        text = self.columns.cell(row, "rule")
        if stated := next((word for word in WORDS if word == fold(text)), None):
            return stated
        near: Sequence[str] = [MEANT[fold(text)]] if fold(text) in MEANT else nearest(text, WORDS)
        question = f"did you mean {listed((f'“{word}”' for word in near), 'or')}? " if near else ""
        self._problem(
            f"“{text}” is not a rule; {question}{'Write' if near else 'write'} {listed(WORDS, 'or')}."
            if text
            else f"The row does not say which rule it is; write {listed(WORDS, 'or')}.",
            row,
            "rule",
            {f"Write “{word}”": word for word in near},
        )
        return None

    def _needs(self, side: Literal["at most", "at least"], groups: list[str], row: Row) -> list[FileRule]:
        try:
            kind, value, count = checked_need(self.columns.cell(row, "value"), self.roster)
        except UnclearNeed as error:
            self._problem(str(error), row, "value", {f"Write {need}": need for need in error.instead})
            return []
        names = [EVERY_GROUP if fold(group) == EVERY_GROUP else group for group in groups]
        return [Needs(name, side, kind, value, count) for name in names]

    def _paired(self, row: Row, first: int, others: list[int]) -> list[FileRule]:
        """Return one rule for each pair of a row's first member with another one."""
        word = self._word(row) if self.columns.cell(row, "rule") else self.pairs
        if word not in ("apart", "together", None):
            self._problem(f"“{word}” is not about pairs; write apart or together.", row, "rule")
            return []
        if not row.cells[first]:
            self.references.problem("The row has no name; fill in the cell.", row, first)
            return []
        member = self.references.one(row, first)
        rules: list[FileRule] = []
        for index in others:
            other = self.references.one(row, index) if row.cells[index] else None
            if member is None or other is None or word is None:
                continue
            if other is member:
                what = "kept apart from" if word == "apart" else "together with"
                self.references.problem(
                    f"{row.cells[first]} cannot be {what} themselves; name somebody else.", row, index
                )
            else:
                rules += self._rule(word, (member.key, other.key), row, index)
        return rules

    def _problem(self, message: str, row: Row, meaning: str, fixes: Mapping[str, str] | None = None) -> None:
        self.references.problem_at(self.columns, meaning, message, row, fixes)
