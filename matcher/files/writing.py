"""Plans and rosters as files."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.files.tables.delimited import UNSAFE
from matcher.people.errors import InputError
from matcher.people.names import listed
from matcher.people.roster import Roster

if TYPE_CHECKING:
    from matcher.plan.plan import Audience, Plan

RUNNABLE = re.compile(f"'*[{UNSAFE}]")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*\s?%?")


def escape(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: it gets a leading ``'``, numbers do not.

    Text that begins with apostrophes and such a sign gets one more, so that reading, which takes
    one away, gives back what was written.
    """
    return f"'{cell}" if RUNNABLE.match(cell) and not NUMBER.fullmatch(cell) else cell


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV file that Excel opens with accents intact: UTF-8 with its mark, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([escape(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def plan_csv(plan: Plan, audience: Audience = "manager") -> bytes:
    """Return a plan as CSV, one row a member; it reads back in as a round."""
    from matcher.plan.tables import member_table  # a roster is written without the solver

    table = member_table(plan, audience)
    return csv_bytes(table.titles, table.rows)


def duos_csv(plan: Plan, audience: Audience = "manager") -> bytes:
    """Return a plan as CSV, one row a duo."""
    from matcher.plan.tables import duo_table

    table = duo_table(plan, audience)
    return csv_bytes(table.titles, table.rows)


def plan_json(plan: Plan, audience: Audience = "manager") -> bytes:
    """Return a plan as JSON, with the keys of ``plan.json``."""
    text = json.dumps(plan.to_dict(audience), ensure_ascii=False, indent=2)
    return f"{text}\n".encode(errors="replace")


def plan_xlsx(plan: Plan, audience: Audience = "manager") -> bytes:
    """Return a plan as an Excel workbook: the plan, the groups, the pairs, the settings."""
    from matcher.files.reports import excel  # late, as those below: what writes it takes time to load

    return excel.plan_xlsx(plan, audience)


def plan_html(plan: Plan, audience: Audience = "manager") -> bytes:
    """Return a plan as a page of HTML that needs nothing else."""
    from matcher.files.reports import html

    return html.plan_html(plan, audience)


def plan_pdf(plan: Plan, audience: Audience = "manager") -> bytes:
    """Return a plan as a PDF to print."""
    from matcher.files.reports import pdf

    return pdf.plan_pdf(plan, audience)


WRITERS: dict[str, Callable[[Plan, Audience], bytes]] = {
    ".csv": plan_csv,
    ".xlsx": plan_xlsx,
    ".html": plan_html,
    ".pdf": plan_pdf,
    ".json": plan_json,
}
"""What a plan can be written as, by the ending of the file's name."""


def writer_for(path: str | os.PathLike[str]) -> Callable[[Plan, Audience], bytes]:
    """Return what writes the file that an ending asks for.

    Raises
    ------
    InputError
        When there is none, or the folder is not there: before any work is done.
    """
    target = Path(path)
    if target.suffix.lower() not in WRITERS:
        endings = listed(WRITERS, "or")
        raise InputError(f"“{target}” cannot be written: the name has to end in {endings}.")
    check_target(target)
    return WRITERS[target.suffix.lower()]


def check_target(path: str | os.PathLike[str]) -> None:
    """Check that a file can be put where it is wanted.

    Raises
    ------
    InputError
        When the folder is not there, or the name is a folder's.
    """
    target = Path(path)
    if os.path.isdir(target):  # unlike Path.is_dir, it never raises
        raise InputError(f"“{target}” is a folder; add the name of a file.")
    if not os.path.isdir(target.parent):
        raise InputError(f"“{target}” cannot be written: there is no folder “{target.parent}”.")


def write_plan(plan: Plan, path: str | os.PathLike[str], audience: Audience = "manager") -> None:
    """Write a plan in the form that the ending asks for; see :data:`WRITERS`.

    Parameters
    ----------
    plan, path
        What to write, and where.
    audience
        ``team`` leaves out everything that would hurt to read.

    Raises
    ------
    InputError
        When the ending is unknown or the file cannot be written.
    """
    save(writer_for(path)(plan, audience), path)


def save(data: bytes, path: str | os.PathLike[str]) -> None:
    """Write a file.

    Raises
    ------
    InputError
        When it cannot be written.
    """
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise InputError(f"“{path}” cannot be written: {error.strerror or error}.") from None


def write_roster(roster: Roster) -> bytes:
    """Return a roster as CSV in the form that reads in without a question."""
    members, by_id = roster.members, roster.catalogue.by_id
    columns = [
        ("name", [m.name for m in members]),
        ("id", [m.id for m in members]),
        ("email", [m.email for m in members]),
        ("superpowers", ["; ".join(by_id[s].name for s in m.superpowers) for m in members]),
    ]
    optional = [
        ("turns to", ["; ".join(m.turns_to) for m in members]),
        ("prefers", ["; ".join(m.prefers) for m in members]),
        ("wants", ["; ".join(m.wants) for m in members]),
        ("hours", [m.hours for m in members]),
        ("time zone", [m.time_zone for m in members]),
        ("absent", ["yes" if m.absent else "" for m in members]),
    ]
    columns += [(title, cells) for title, cells in optional if any(cells)]
    columns += [(title, [m.attributes.get(title, "") for m in members]) for title in roster.attributes]
    rows = zip(*(cells for _, cells in columns), strict=True)
    return csv_bytes([title for title, _ in columns], rows)
