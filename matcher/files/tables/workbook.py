"""Excel workbooks: guarded against those that are made to do harm, and read a row at a time."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any

from matcher.files.tables.delimited import unescape
from matcher.files.tables.grid import Collector, Grid, Merged, TooMuchError, known_headers, tidy, width_of
from matcher.people.errors import InputError, Problem
from matcher.people.names import listed

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MOST_ENTRIES = 2_000
"""Files in a workbook, which is a zip archive."""
MOST_INFLATED = 200 * 2**20
"""Bytes of all its texts, unpacked; pictures are not read."""
MOST_ROWS = 500_000
"""Rows of a sheet."""

MOST_MERGED = 20_000
"""Merged ranges of a sheet."""

ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)

_TAG = rb"<(?:\w+:)?"
MERGED = re.compile(_TAG + rb'mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
ROW = re.compile(_TAG + rb'row\s[^>]*?r="(\d{1,7})"')
SPELLED_OUT = re.compile("_x(00[01][0-9A-Fa-f])_")
"""How a workbook spells a character that XML has no place for."""

UNCACHED = re.compile(
    _TAG
    + rb'c\s[^>]*?r="([A-Z]{1,3}\d{1,7})"[^>]*>\s*'
    + _TAG
    + rb"f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:</(?:\w+:)?c>|" + _TAG + rb"v\s*/>|" + _TAG + rb"v></)"
)
"""A cell with a formula and no value beside it."""

NOT_WORKBOOKS = (
    (re.compile(r"xl/workbook\.bin"), "a binary Excel workbook (.xlsb); save it as .xlsx"),
    (re.compile(r"word/"), "a Word document; copy the table into a spreadsheet"),
    (re.compile(r"ppt/"), "a presentation; copy the table into a spreadsheet"),
    (re.compile(r"Index/.*\.iwa"), "a Numbers document; export it as .xlsx or CSV"),
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


@dataclass
class _Sheet:
    """What one sheet says, and what its file tells beside the values."""

    rows: Collector
    merged: tuple[Merged, ...] = ()
    uncached: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    cut: bool = False


def read_workbook(data: bytes, file: str, words: Collection[str], sheet: str = "") -> Grid:
    """Return the rows of a sheet.

    Parameters
    ----------
    data, file
        The workbook, and what it is called in messages.
    words
        Headers that are known to us; the visible sheet that shows most of them is read.
    sheet
        The one that somebody has chosen.

    Raises
    ------
    TooMuchError
        When it is larger than can be read.
    InputError
        When it is no workbook, is damaged, or has no such sheet.
    """
    _check_archive(data, file)
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which nobody reads here
        try:
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return _read(workbook, data, file, words, sheet)
            finally:
                workbook.close()
        except (TooMuchError, InputError):
            raise
        except Exception:  # a damaged workbook fails anywhere in the library, with anything
            raise InputError(
                Problem("This workbook is damaged; open it in a spreadsheet, save it as .xlsx again.", file)
            ) from None


def _check_archive(data: bytes, file: str) -> None:
    """Check that the file is a workbook of a size that can be read, and whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive, file)
    except (TooMuchError, InputError):
        raise
    except Exception as error:  # what is damaged fails anywhere, with anything
        locked = "password" in str(error)
        what = "locked with a password; remove it" if locked else "damaged; open it in a spreadsheet, save it"
        raise InputError(Problem(f"This file is {what}, and try again.", file)) from None


def _check_entries(archive: zipfile.ZipFile, file: str) -> None:
    """Check what is in the archive, and unpack it once, since what it says about sizes may be a lie."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_ENTRIES:
        raise TooMuchError(f"There are more than {MOST_ENTRIES:,} files in it; save the sheet as CSV UTF-8.")
    if "mimetype" in names and archive.open("mimetype").read(200).startswith(OPEN_DOCUMENT):
        raise InputError(Problem("This is an OpenDocument file; save it as .xlsx or CSV UTF-8.", file))
    for pattern, what in NOT_WORKBOOKS:
        if any(map(pattern.match, names)):
            raise InputError(Problem(f"This is {what}, and try again.", file))
    if "[Content_Types].xml" not in names:
        raise InputError(Problem("This is a zip file; unpack it, and bring the table in it.", file))
    total = 0
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            with archive.open(entry) as unpacked:
                while chunk := unpacked.read(2**20):
                    total += len(chunk)
                    if total > MOST_INFLATED:
                        most = f"{MOST_INFLATED // 2**20} MB"
                        raise TooMuchError(
                            f"It is larger than {most} when it is unpacked; save the sheet as CSV UTF-8."
                        )


def _read(workbook: Workbook, data: bytes, file: str, words: Collection[str], chosen: str) -> Grid:
    titles = tuple(workbook.sheetnames)
    worksheets = {sheet.title: sheet for sheet in workbook.worksheets}
    visible = [title for title, sheet in worksheets.items() if sheet.sheet_state == "visible"]
    notes: list[str] = []
    if chosen:
        title = next((t for t in worksheets if t.strip().casefold() == chosen.strip().casefold()), "")
        if not title:
            raise InputError(
                Problem(
                    f"There is no sheet “{chosen}”; choose {listed((f'“{t}”' for t in worksheets), 'or')}.",
                    file,
                )
            )
    else:
        shown = {title: _known(worksheets[title], words) for title in visible or worksheets}
        filled = [title for title, (_, any_row) in shown.items() if any_row]
        title = max(shown, key=lambda t: (shown[t][1], shown[t][0]))  # the first of equal ones
        if len(filled) > 1:
            others = listed(f"“{t}”" for t in filled if t != title)
            there = "there is" if len(filled) == 2 else "there are"
            notes.append(f"{file}: The sheet “{title}” was read; {there} {others} too.")
    sheet = _sheet(worksheets[title], data, file)
    problems = list(sheet.rows.problems)
    if sheet.uncached:
        problems.append(_about_formulas(sheet.uncached, file))
    if sheet.errors:
        hold = "holds an error" if len(sheet.errors) == 1 else "hold errors"
        notes.append(f"{file}: {_cells(sheet.errors)} {hold} such as #N/A, read as empty.")
    if sheet.cut:
        message = f"At most {MOST_ROWS:,} rows can be read; what stands below them was left out."
        problems.append(Problem(message, file, MOST_ROWS))
    return Grid(
        file,
        tuple(sheet.rows.rows),
        sheet=title,
        sheets=titles,
        notes=tuple(notes),
        problems=tuple(problems),
        left_out=tuple(sheet.rows.left_out),
        merged=sheet.merged,
    )


def _known(worksheet: Any, words: Collection[str]) -> tuple[int, bool]:
    """Return the most known headers in one of the first rows, and whether there is any text."""
    rows = [[_text(value) for value in row] for row in islice(_values(worksheet), 40)]
    return max((known_headers(row, words) for row in rows), default=0), any(map(any, rows))


def _values(worksheet: Any) -> Iterator[tuple[object, ...]]:
    worksheet.reset_dimensions()  # what the file says about its size is not to be trusted
    yield from worksheet.iter_rows(max_row=MOST_ROWS, values_only=True)


def _sheet(worksheet: Any, data: bytes, file: str) -> _Sheet:
    sheet = _Sheet(Collector(file))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # the library reads merged ranges and formulas only when it keeps the whole sheet in memory
        text = archive.read(worksheet._worksheet_path)
    sheet.merged = tuple(
        Merged(int(top), int(bottom), _column(left), _column(right))
        for left, top, right, bottom in (
            match.groups() for match in islice(MERGED.finditer(text), MOST_MERGED)
        )
    )
    if b"<f" in text or b":f" in text:
        sheet.uncached = [match[1].decode() for match in UNCACHED.finditer(text)]
    rows = [int(match[1]) for match in ROW.finditer(text, max(0, text.rfind(b"row ") - 10))]
    sheet.cut = bool(rows) and rows[-1] > MOST_ROWS
    del text
    for number, row in enumerate(_values(worksheet), 1):
        cells = [_text(value) for value in row]
        if not ERRORS.isdisjoint(cells):
            sheet.errors += [f"{_letters(j)}{number}" for j, cell in enumerate(cells) if cell in ERRORS]
            cells = ["" if cell in ERRORS else cell for cell in cells]
        sheet.rows.add(number, cells[: width_of(cells)])
    return sheet


def _text(value: object) -> str:
    """Return a cell's value as text: days as ISO dates, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return tidy(unescape(SPELLED_OUT.sub(lambda found: chr(int(found[1], 16)), value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return format(value, ".15g") if abs(value) < 1e15 else str(value)
    if isinstance(value, datetime):
        day, moment = value.date().isoformat(), value.time().replace(microsecond=0)
        return day if moment == time() else f"{day} {moment.isoformat()}"
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def _about_formulas(cells: list[str], file: str) -> Problem:
    hold = "holds a formula whose result was" if len(cells) == 1 else "hold formulas whose results were"
    return Problem(
        f"{_cells(cells)} {hold} never saved, so that nothing can be read there. Open the workbook in a "
        "spreadsheet, save it, and bring it again.",
        file,
        int(re.sub(r"\D", "", cells[0])),
    )


def _cells(names: list[str]) -> str:
    """Return “Cell B3” or “Cells B3, B4 and 7 more”."""
    more = [f"{len(names) - 5} more"] if len(names) > 5 else []
    return f"{'Cell' if len(names) == 1 else 'Cells'} {listed([*names[:5], *more])}"


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))


def _column(letters: bytes) -> int:
    from openpyxl.utils import column_index_from_string

    return int(column_index_from_string(letters.decode())) - 1
