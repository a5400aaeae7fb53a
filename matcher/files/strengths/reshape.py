"""Tables that do not have a row a member, made such."""

from __future__ import annotations

from matcher.files.strengths.cells import Known
from matcher.files.strengths.frameworks import Framework, default_frameworks
from matcher.files.strengths.long import gathered
from matcher.files.strengths.transposed import turned
from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.table import Table
from matcher.people.catalogue import Catalogue


def reshape(
    table: Table,
    catalogue: Catalogue | None = None,
    frameworks: tuple[Framework, ...] | None = None,
    choices: Choices = NOTHING_CHOSEN,
) -> Table:
    """Return a table with one row a member.

    A table with a row for each strength of a member, or with a column a member, is put together; its rows
    know where their cells stood. Any other is returned as it is.

    Parameters
    ----------
    table
        What the file says below its header.
    catalogue, frameworks
        The superpowers, and other frameworks' names for them; ours when not given.
    choices
        ``meanings`` may say which column tells a member or a strength.
    """
    from matcher.files.catalogues import default_catalogue

    known = Known(
        catalogue or default_catalogue(), default_frameworks() if frameworks is None else frameworks
    )
    return turned(table, known) or gathered(table, known, choices) or table
