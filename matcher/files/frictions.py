"""Frictions: one row for two members who do not work well together, or for one with several others."""

from __future__ import annotations

import re

from matcher.files.columns import Columns, Named, plain
from matcher.files.nearest import find_member
from matcher.files.source import Source, read_table
from matcher.files.table import Findings, Reading, Row
from matcher.people.friction import Friction, Severity
from matcher.people.names import fold, listed
from matcher.people.roster import Roster, UnknownMember

COLUMNS: Named = {
    "member a": ("member a", "a", "person a", "name a", "member 1", "person 1", "name 1", "name"),
    "member b": ("member b", "b", "person b", "name b", "member 2", "person 2", "name 2", "other", "other 1"),
    "severity": ("severity", "how much", "level"),
    "note": ("note", "notes", "comment", "reason"),
}
OTHERS = re.compile(r"other ?\d+")
"""Columns of the form that other tools write: ``name, other 1, other 2, …``."""


def read_frictions(source: Source, roster: Roster, *, name: str | None = None) -> tuple[Friction, ...]:
    """Return the frictions that a file lists.

    Parameters
    ----------
    source
        A path, bytes, an open file, or text with line breaks, with the columns ``member a``,
        ``member b``, ``severity`` (never or avoid) and ``note``.
    roster
        Whom the file refers to, by id, email or name.
    name
        What to call the file in messages.

    Raises
    ------
    InputError
        With everything that is wrong: file, row, column and what to do.
    """
    return load_frictions(source, roster, name=name).checked()


def load_frictions(
    source: Source, roster: Roster, *, name: str | None = None
) -> Reading[tuple[Friction, ...]]:
    """Return the frictions that are clear, and list the rest; see :func:`read_frictions`.

    A friction without a severity is *never*: what is not said must not hurt.
    """
    table = read_table(source, name)
    columns, found = Columns(table, COLUMNS), Findings(table)
    columns.need("member a", "member b")
    frictions: dict[frozenset[str], tuple[int, Friction]] = {}
    ends = [i for i, header in enumerate(table.header) if OTHERS.fullmatch(plain(header))]
    if len(ends) < 2:
        ends = [columns.where["member b"]]
    for row, end in ((row, end) for row in table.rows for end in ends):
        if len(ends) > 1 and not row.cells[end]:
            continue
        friction = _friction(columns, row, end, roster, found)
        if friction is None:
            continue
        pair = frozenset((friction.a, friction.b))
        if pair not in frictions:
            frictions[pair] = (row.number, friction)
            continue
        number, before = frictions[pair]
        if before.severity is friction.severity:
            found.note(f"The friction is in row {number} already; it counts once.", row)
        else:
            names = listed(roster.find(key).name for key in (friction.a, friction.b))
            found.problem(
                f"{names} are “{friction.severity}” here and “{before.severity}” in row {number}; "
                "remove one of the two rows.",
                row,
                columns.title("severity"),
            )
    return found.reading(tuple(friction for _, friction in frictions.values()))


def _friction(columns: Columns, row: Row, end: int, roster: Roster, found: Findings) -> Friction | None:
    members = []
    for index in (columns.where["member a"], end):
        reference, title = row.cells[index], columns.table.header[index]
        try:
            members.append(find_member(reference, roster))
        except UnknownMember as error:
            message = str(error) if reference else "A friction needs two members; fill in the cell."
            found.problem(message, row, title)
    if len(members) < 2:
        return None
    if members[0] is members[1]:
        found.problem(
            f"{members[0].name} cannot have a friction with themselves; name two different members.",
            row,
            columns.table.header[end],
        )
        return None
    severity = fold(columns.cell(row, "severity"))
    if not severity:
        found.note(f"No severity is given; “{Severity.NEVER}” is assumed.", row, columns.title("severity"))
    elif severity not in tuple(Severity):
        found.problem(
            f"“{columns.cell(row, 'severity')}” has to be “never” or “avoid”.", row, columns.title("severity")
        )
        return None
    a, b = (member.key for member in members)
    return Friction(a, b, Severity(severity or Severity.NEVER), columns.cell(row, "note"))
