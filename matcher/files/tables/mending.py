"""Text that was broken before it came: offered to be mended, and characters that cannot be seen."""

from __future__ import annotations

import re
from dataclasses import replace

from matcher.files.tables.columns import titles
from matcher.files.tables.grid import shortened
from matcher.files.tables.table import Row, Table
from matcher.people.errors import Fix, Problem
from matcher.people.names import INVISIBLE, JOINERS, counted, listed

_PAGES = ("cp1252", "cp1250", "cp1251", "mac_roman", "latin-1")
_CONTINUED = "".join(
    sorted({bytes([byte]).decode(page, "ignore") for byte in range(0x80, 0xC0) for page in _PAGES})
)
_SIGNS = "".join(character for character in _CONTINUED if not character.isalpha())
SUSPECT = re.compile(rf"[ÂÃÄÅ][{re.escape(_CONTINUED)}]|[^\W\d_a-zA-Z][{re.escape(_SIGNS)}]")
"""What every text that was read in a wrong encoding holds: a letter beyond ASCII, and behind it a
character that stands for the second byte of one in UTF-8; a letter there means that only behind four."""


def remark_and_mend(table: Table, mend: bool | None) -> Table:
    """Return the table with a problem for broken text, or mended; and a note on what cannot be seen.

    Parameters
    ----------
    table
        As it was read.
    mend
        Whether broken text is mended; ``None``: offered.
    """
    broken: dict[tuple[int, int], str] = {}
    unseen: list[int] = []
    memory: dict[str, str] = {}
    for row in (Row(table.header_row, table.header), *table.rows):
        if all(map(str.isascii, row.cells)):
            continue
        text = "\n".join(row.cells)
        if INVISIBLE.search(text) or JOINERS.search(text):
            unseen.append(row.number)
        if mend is False or not SUSPECT.search(text):
            continue
        for index, cell in enumerate(row.cells):
            if cell not in memory:
                memory[cell] = _mended(cell)
            if memory[cell] != cell:
                broken[row.number, index] = memory[cell]
    if unseen:
        table = replace(table, notes=(*table.notes, _unseen(table, unseen)))
    return _with_mended(table, broken, mend) if broken else table


def _mended(cell: str) -> str:
    """Return a text that was decoded wrongly as it was meant; any other as it is."""
    if cell.isascii() or not SUSPECT.search(cell):
        return cell
    from ftfy import fix_encoding

    return fix_encoding(cell)


def _unseen(table: Table, numbers: list[int]) -> str:
    more = [f"{len(numbers) - 8} more"] if len(numbers) > 8 else []
    rows = (
        f"Row {numbers[0]} holds"
        if len(numbers) == 1
        else f"Rows {listed([*map(str, numbers[:8]), *more])} hold"
    )
    return (
        f"{table.file}: {rows} characters that cannot be seen, such as zero-width spaces; names match "
        "without them."
    )


def _with_mended(table: Table, broken: dict[tuple[int, int], str], mend: bool | None) -> Table:
    names = titles(table)
    was = {row.number: row.cells for row in (Row(table.header_row, table.header), *table.rows)}
    (number, index), example = next(iter(broken.items()))
    shown = f"“{shortened(was[number][index])}” for “{shortened(example)}”"
    if not mend:
        cells = {(row, names[j]): text for (row, j), text in broken.items() if row != table.header_row}
        problem = Problem(
            f"The text looks broken once already, in {counted(len(broken), 'cell')}: {shown}. Mend it, or "
            "save the file as CSV UTF-8 where it comes from.",
            table.file,
            number,
            names[index],
            (Fix("Mend the text", cells),) if cells else (),
        )
        return replace(table, problems=(*table.problems, problem))

    def mended(row: Row) -> Row:
        return replace(
            row, cells=tuple(broken.get((row.number, j), cell) for j, cell in enumerate(row.cells))
        )

    where = counted(len(broken), "cell")
    note = f"{table.file}: Text that was broken once already was mended in {where}: {shown}."
    return replace(
        table,
        header=mended(Row(table.header_row, table.header)).cells,
        rows=tuple(map(mended, table.rows)),
        notes=(*table.notes, note),
    )
