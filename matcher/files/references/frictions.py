"""Frictions: one row for two members who do not work well together, or for one with several others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from matcher.files.references.finding import Finder
from matcher.files.references.pairs import PAIR_HEADERS, chosen, header_words, other_columns
from matcher.files.references.unclear import References
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.columns import Columns, Named, titles
from matcher.files.tables.source import Source, read_table
from matcher.files.tables.table import Findings, Reading, Row, Table
from matcher.people.errors import Fix
from matcher.people.friction import Friction, Severity
from matcher.people.names import counted, fold, listed
from matcher.people.roster import Roster

COLUMNS: Named = {
    "member a": (
        *("member a", "a", "person a", "name a", "member 1", "person 1", "name 1", "first member"),
        *("mitglied a", "person eins", "mitglied 1", "membre a", "personne a", "membre 1", "personne 1"),
        *(
            "name",
            "full name",
            "member",
            "person",
            "who",
            "mitglied",
            "membre",
            "personne",
            "wer",
            "qui",
            "nom",
        ),
    ),
    "member b": (
        *("member b", "b", "person b", "name b", "member 2", "person 2", "name 2", "second member"),
        *("other", "other 1", "other member", "other person", "not with", "conflict with", "conflicts with"),
        *("mitglied b", "person zwei", "mitglied 2", "membre b", "personne b", "membre 2", "personne 2"),
        *("avec", "mit", "nicht mit", "pas avec", "autre", "andere", "wen", "with", "with whom"),
    ),
    "severity": (
        *("severity", "how much", "level", "type", "strength", "schwere", "schweregrad", "stufe", "stärke"),
        *("gravité", "gravite", "sévérité", "severite", "niveau", "degré", "degre"),
    ),
    "note": (
        *("note", "notes", "comment", "comments", "reason", "why", "remark", "remarks", "notiz", "notizen"),
        *("bemerkung", "kommentar", "grund", "remarque", "commentaire", "raison", "motif"),
    ),
}

SEVERITIES: Mapping[Severity, tuple[str, ...]] = {
    Severity.NEVER: (
        *("hard", "must not", "must", "forbidden", "not together", "cannot", "can't", "can not", "block"),
        *("never together", "strict", "no way", "nie", "niemals", "verboten", "hart", "auf keinen fall"),
        *("jamais", "interdit", "impossible", "ne pas", "dur"),
    ),
    Severity.AVOID: (
        *("soft", "prefer not", "preferably not", "rather not", "better not", "if possible", "try to avoid"),
        *("avoid if possible", "should not", "vermeiden", "möglichst nicht", "lieber nicht", "weich"),
        *("éviter", "eviter", "à éviter", "a eviter", "si possible", "plutôt pas", "de préférence pas"),
    ),
}
"""What others write for our two words."""

_SEVERITY = {
    fold(word): severity for severity, spelled in SEVERITIES.items() for word in (severity, *spelled)
}


def read_frictions(
    source: Source, roster: Roster, *, name: str | None = None, choices: Choices = NOTHING_CHOSEN
) -> tuple[Friction, ...]:
    """Return the frictions that a file lists.

    Parameters
    ----------
    source
        A path, bytes, an open file, text with line breaks, or a table: with the columns ``member a``,
        ``member b``, ``severity`` (never or avoid) and ``note``, or with ``name, other 1, other 2, …``.
    roster
        Whom the file refers to, by id, email or name.
    name
        What to call the file in messages.
    choices
        What somebody chose instead of what is guessed; a column's meaning is one of those above.

    Raises
    ------
    InputError
        With everything that is wrong: file, row, column and what to do.
    """
    return load_frictions(source, roster, name=name, choices=choices).checked()


def load_frictions(
    source: Source, roster: Roster, *, name: str | None = None, choices: Choices = NOTHING_CHOSEN
) -> Reading[tuple[Friction, ...]]:
    """Return the frictions that are clear, and list the rest; see :func:`read_frictions`.

    A friction without a severity is *never*: what is not said must not hurt. Of two rows that contradict
    each other the stricter one counts until one is removed.
    """
    table = read_table(source, name, choices, words=header_words(COLUMNS, PAIR_HEADERS))
    return _Reader(table, roster, choices).read()


def standard_frictions(table: Table, choices: Choices = NOTHING_CHOSEN) -> Table:
    """Return a file's frictions in our own columns, one row a pair, with our words for severities.

    Each row has the number of the file's row; its origins say where each cell stood.

    Raises
    ------
    InputError
        When the columns for the two members are missing.
    """
    pairs = _pairs(table, choices)

    def ours(row: Row) -> Row:
        a, b, severity, note = row.cells
        return replace(row, cells=(a, b, str(_SEVERITY.get(fold(severity), severity)), note))

    return replace(pairs, rows=tuple(ours(row) for row in pairs.rows))


def _pairs(table: Table, choices: Choices) -> Table:
    """Return a file's frictions in our own columns, one row a pair, in the file's words."""
    columns = Columns(table, chosen(COLUMNS, choices))
    columns.need("member a")
    others = other_columns(table)
    if not others:
        columns.need("member b")
    names = titles(table)

    def cells(row: Row, other: int) -> Row:
        indices = [
            columns.where["member a"],
            other,
            *(columns.where.get(m, -1) for m in ("severity", "note")),
        ]
        origins = {at: (row.number, names[i]) for at, i in enumerate(indices) if i >= 0}
        return Row(row.number, tuple(row.cells[i] if i >= 0 else "" for i in indices), origins)

    rows = [
        cells(row, other)
        for row in table.rows
        for other in others or [columns.where["member b"]]
        if not others or row.cells[other]
    ]
    return replace(table, header=tuple(COLUMNS), rows=tuple(rows))


class _Reader:
    """Turns the rows of one table into frictions."""

    def __init__(self, table: Table, roster: Roster, choices: Choices) -> None:
        self.pairs = _pairs(table, choices)
        self.found = Findings(table)
        self.references = References(self.found, Finder(roster))
        self.roster = roster
        self.one_a_row = not other_columns(table)
        self.kept: dict[frozenset[str], tuple[int, Friction]] = {}
        self.taken: dict[tuple[str, Severity], list[Row]] = {}

    def read(self) -> Reading[tuple[Friction, ...]]:
        for row in self.pairs.rows:
            friction = self._friction(row)
            if friction is not None:
                self._keep(friction, row)
        for (word, severity), rows in self.taken.items():
            self._tell(word, severity, rows)
        self.references.close()
        return self.found.reading(tuple(friction for _, friction in self.kept.values()))

    def _friction(self, row: Row) -> Friction | None:
        members = []
        for index in (0, 1):
            if row.cells[index]:
                members.append(self.references.one(row, index))
            else:
                self.references.problem("A friction needs two members; fill in the cell.", row, index)
        severity = self._severity(row)
        if len(members) < 2 or members[0] is None or members[1] is None or severity is None:
            return None
        a, b = members[0], members[1]
        if a.key == b.key:
            self.references.problem(
                f"{a.name} cannot have a friction with themselves; name two different members.", row, 1
            )
            return None
        return Friction(a.key, b.key, severity, row.cells[3])

    def _severity(self, row: Row) -> Severity | None:
        text = row.cells[2]
        severity = _SEVERITY.get(fold(text)) if text else Severity.NEVER
        if severity is None:
            fixes = {f"Write “{word}”": str(word) for word in Severity}
            self.references.problem(f"“{text}” has to be “never” or “avoid”.", row, 2, fixes)
        elif fold(text) != severity:
            self.taken.setdefault((fold(text), severity), []).append(row)
        return severity

    def _tell(self, word: str, severity: Severity, rows: list[Row]) -> None:
        """Note once what a word, or an empty cell, is taken for."""
        told = f"“{word}” is taken for “{severity}”" if word else "No severity is given"
        then = "" if word else f"; “{severity}” is assumed"
        if len(rows) > 1:
            self.found.note(f"{told} in {counted(len(rows), 'row')}{then}.")
        else:
            self.found.note(f"{told}{then}.", rows[0], self._column(rows[0]))

    def _column(self, row: Row) -> str:
        """Return what the file calls the severities."""
        return self.references.place(row, 2)[1] if 2 in row.origins else "severity"

    def _keep(self, friction: Friction, row: Row) -> None:
        """Add a friction to those before; a pair counts once, whichever of the two is named first."""
        pair = frozenset((friction.a, friction.b))
        if pair not in self.kept:
            self.kept[pair] = row.number, friction
            return
        number, before = self.kept[pair]
        new = friction.note if friction.note not in before.note else ""
        notes = "; ".join(note for note in (before.note, new) if note)
        severity = min(before.severity, friction.severity, key=list(Severity).index)
        self.kept[pair] = number, replace(before, severity=severity, note=notes)
        if before.severity is friction.severity:
            self.found.note(f"The friction is in row {number} already; it counts once.", row)
            return
        names = listed(self.roster.find(key).name for key in (friction.a, friction.b))
        fixes = [
            Fix(f"Keep “{kept}” (row {here})", drop=(other,))
            for kept, here, other in (
                (before.severity, number, row.number),
                (friction.severity, row.number, number),
            )
        ]
        self.found.problem(
            f"{names} are “{friction.severity}” here and “{before.severity}” in row {number}; "
            f"remove one of the two rows. Until then they are “{severity}”.",
            row,
            self._column(row),
            fixes if self.one_a_row else (),
        )
