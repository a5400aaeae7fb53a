"""What was understood of a roster's file, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from matcher.files.alignment import aligned
from matcher.files.rosters.reading import RosterReading, Suggestion
from matcher.files.strengths import OURS, SPELLING
from matcher.files.tables.decoding import CODE_PAGES
from matcher.files.tables.table import LeftOut, Table
from matcher.people.catalogue import Catalogue
from matcher.people.names import counted, listed

MOST_COLUMNS, MOST_ROWS, MOST_WORDS = 40, 12, 60
"""So many columns, rows of one reason and proposals are listed; a longer list would hide the rest."""

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "spaces"}


def understood(reading: RosterReading) -> str:
    """Return how a file was read, what its columns mean, and what its strengths are taken for."""
    sections = [_file(reading.table), *_left_out(reading.table.left_out), *_columns(reading)]
    if reading.shape:
        source = "" if reading.framework in (OURS, "") else f", from {reading.framework}"
        sections.append(f"Superpowers: {reading.shape}{source}.")
    sections += _proposals(reading.proposals, reading.roster.catalogue)
    return "\n".join(sections)


def _file(table: Table) -> str:
    how = []
    if table.sheet:
        others = [sheet for sheet in table.sheets if sheet != table.sheet]
        beside = f" (beside {listed(f'“{sheet}”' for sheet in others)})" if others else ""
        how.append(f"sheet “{table.sheet}”{beside}")
    if table.encoding:
        how.append(CODE_PAGES.get(table.encoding, table.encoding.upper().removesuffix("-SIG")))
    if table.delimiter:
        how.append(f"columns separated by {SEPARATORS.get(table.delimiter, f'“{table.delimiter}”')}")
    header = f"row {table.header_row} names the columns" if table.header_row else "no row names the columns"
    return f"{table.file}: {', '.join([*how, header])}."


def _left_out(rows: Sequence[LeftOut]) -> Iterable[str]:
    reasons: dict[str, list[int]] = {}
    for row in rows:
        reasons.setdefault(row.why, []).append(row.number)
    for why, numbers in reasons.items():
        shown = [str(number) for number in numbers[:MOST_ROWS]]
        if len(numbers) > MOST_ROWS:
            shown.append(f"{len(numbers) - MOST_ROWS} more")
        yield f"Left out: {'row' if len(numbers) == 1 else 'rows'} {listed(shown)}. {why}"


def _columns(reading: RosterReading) -> Iterable[str]:
    yield "Columns:"
    told = [column for column in reading.columns if column.meaning != "attribute"]
    rows = []
    for (_, sure, why), group in groupby(
        told, key=lambda column: (column.meaning.rstrip("0123456789"), column.sure, column.why)
    ):
        same = list(group)
        meaning = same[0].meaning
        if same[-1].meaning != meaning:  # superpower 1 to superpower 5
            meaning += f" to {same[-1].meaning.split()[-1]}"
        first, *others = [f"“{column.title}”" for column in same]
        what = meaning if sure else f"{meaning} (a guess: {why.removesuffix('.')})"
        rows.append((f"{first} to {others[-1]}" if others else first, what))
    yield from aligned(rows[:MOST_COLUMNS])
    if len(rows) > MOST_COLUMNS:
        yield f"  and {len(rows) - MOST_COLUMNS} more"
    attributes = [f"“{column.title}”" for column in reading.columns if column.meaning == "attribute"]
    if attributes:
        shown = attributes[:MOST_COLUMNS]
        if len(attributes) > MOST_COLUMNS:
            shown.append(f"{len(attributes) - MOST_COLUMNS} more")
        yield f"  {listed(shown)}: {'an attribute' if len(attributes) == 1 else 'attributes'}"


def _proposals(proposals: Sequence[Suggestion], catalogue: Catalogue) -> Iterable[str]:
    ordered = sorted(proposals, key=lambda one: (one.source == SPELLING, one.source))
    for source, group in groupby(ordered, key=lambda one: one.source):
        same = list(group)
        yield "Spellings:" if source == SPELLING else f"Mapping of {source}:"
        yield from aligned((f"“{p.text}”", _told(p, catalogue)) for p in same[:MOST_WORDS])
        if len(same) > MOST_WORDS:
            yield f"  and {len(same) - MOST_WORDS} more"


def _told(proposal: Suggestion, catalogue: Catalogue) -> str:
    name = catalogue.by_id[proposal.superpower].name
    theme = f"{proposal.theme}: " if proposal.theme and proposal.theme != proposal.text else ""
    taken = "taken" if proposal.taken else "not taken yet"
    where = counted(len(proposal.rows), "row")
    return f"{theme}{name} (confidence {proposal.confidence}, {where}, {taken})"
