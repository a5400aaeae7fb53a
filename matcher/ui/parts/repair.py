"""What is wrong in a table, with what one press can do about it; the rest of the table is used meanwhile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from matcher.people.errors import Fix, Problem
from matcher.people.names import counted
from matcher.ui.markup import plain
from matcher.ui.state import try_change
from matcher.work.bringing import leave_at_that, mend, sheet_of
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace

FEW, MORE = 4, 10
"""Kinds of problem that are shown at first, and those that are added each time."""

ONE_BY_ONE = 8
"""Problems of one kind that are shown at a time."""

ROWS = 12
"""Row numbers that are listed for a kind of problem."""


def show_problems(problems: Sequence[Problem], what: str, now: Workspace, table: str = "") -> None:
    """Show what is wrong in a table, and the buttons that put it right.

    Parameters
    ----------
    problems
        What is wrong.
    what
        The table in words: ``the roster``.
    now, table
        The workspace, and which of its tables it is (see :func:`matcher.work.bringing.sheet_of`), when
        problems can be put right in place.
    """
    if not problems:
        return
    title = f"{counted(len(problems), 'thing')} to put right in {what}; everything else is used."
    sheet = sheet_of(now, table) if table else None
    kinds = kinds_of(problems, sheet)
    st.warning(":small[Rows are counted as in a spreadsheet: the header is row 1.]", title=plain(title))
    shown = f"kinds_{what}"
    most = st.session_state.get(shown, FEW)
    most += len(kinds) == most + 1  # a button for one more takes as much room as the one
    for place, kind in enumerate(kinds[:most]):
        with st.container(border=True, gap="xsmall"):
            _show_kind(kind, _Place(table, f"{table}_{now.version}_{place}", sheet))
    if len(kinds) > most:
        left = len(kinds) - most
        label = f"Show {left} more" if left <= MORE else f"Show {MORE} of {left} more"
        st.button(label, key=f"more_{what}", on_click=_more, args=(shown, most))


def _more(key: str, shown: int) -> None:
    st.session_state[key] = shown + MORE


@dataclass(frozen=True)
class Kind:
    """Problems that say the same of different rows; labels of their fixes, without what differs."""

    problems: tuple[Problem, ...]
    labels: tuple[str, ...] = ()


def kinds_of(problems: Sequence[Problem], sheet: Sheet | None = None) -> list[Kind]:
    """Return problems that say the same of different rows together, in the order of the first of each."""
    cells = dict(zip(sheet.numbers, sheet.rows, strict=True)) if sheet else {}
    kinds: dict[tuple[str, str, tuple[str, ...]], list[Problem]] = {}
    for problem in problems:
        row = cells.get(problem.row or 0, ())
        labels = tuple(_without_details(fix.label, row) for fix in problem.fixes)
        kinds.setdefault((_without_details(problem.message, row), problem.column, labels), []).append(problem)
    return [Kind(tuple(alike), labels) for (_, _, labels), alike in kinds.items()]


def _without_details(sentence: str, cells: Sequence[str]) -> str:
    """Return a sentence without what it says of one row only."""
    for cell in sorted(filter(None, cells), key=len, reverse=True):
        sentence = sentence.replace(cell, "…")
    return re.sub(r"\d+", "…", re.sub(r"“[^”]*”", "“…”", sentence))


@dataclass(frozen=True)
class _Place:
    """Where a problem is shown: the field of its table, if it can be put right, a key, and the table."""

    table: str
    key: str
    sheet: Sheet | None

    def nth(self, number: int) -> _Place:
        """Return the place of one of several problems of a kind."""
        return replace(self, key=f"{self.key}_{number}")


def _show_kind(kind: Kind, place: _Place) -> None:
    first, *others = kind.problems
    st.markdown(plain(str(first)))
    if not others:
        _offer_fixes(first, place)
        return
    rows = sorted({p.row for p in others if p.row is not None})
    numbers = ", ".join(map(str, rows[:ROWS])) + (", …" if len(rows) > ROWS else "")
    where = f" in {'row' if len(rows) == 1 else 'rows'} {numbers}" if rows else ""
    st.markdown(f":small[**{len(others)} more like it**{where}.]")
    with st.container(horizontal=True, vertical_alignment="center"):
        if place.table:
            _offer_for_all(kind, place)
        each = st.toggle("One by one", key=f"each_{place.key}")
    if each:
        pages = -(-len(kind.problems) // ONE_BY_ONE)
        page = 1
        if pages > 1:
            page = int(st.number_input(f"Page, of {pages}", 1, pages, key=f"page_{place.key}", width=160))
        start = (page - 1) * ONE_BY_ONE
        for number, problem in enumerate(kind.problems[start : start + ONE_BY_ONE], start):
            st.markdown(plain(str(problem)))
            _offer_fixes(problem, place.nth(number))


def _offer_fixes(problem: Problem, place: _Place) -> None:
    if not place.table:
        return
    of_the_file = place.sheet is not None and problem in place.sheet.problems
    if not problem.fixes and not of_the_file:
        return
    with st.container(horizontal=True):
        for number, fix in enumerate(problem.fixes):
            st.button(
                plain(fix.label),
                key=f"fix_{place.key}_{number}",
                on_click=_mend,
                args=(place.table, (fix,), fix.label),
            )
        if of_the_file:
            st.button(
                "Leave it at that",
                key=f"leave_{place.key}",
                type="tertiary",
                on_click=_leave,
                args=(place.table, problem),
                help="What the file lacks stays away, and is not said any more.",
            )


def _leave(table: str, problem: Problem) -> None:
    try_change(lambda work: leave_at_that(work, table, problem))


def _offer_for_all(kind: Kind, place: _Place) -> None:
    """Offer to do about all what can be done about each."""
    for number, fix in enumerate(kind.problems[0].fixes):
        fixes = tuple(problem.fixes[number] for problem in kind.problems)
        label = fix.label if all(f.label == fix.label for f in fixes) else kind.labels[number]
        st.button(
            plain(f"All {len(fixes)}: {label}"),
            key=f"all_{place.key}_{number}",
            on_click=_mend,
            args=(place.table, fixes, label),
        )


def _mend(table: str, fixes: tuple[Fix, ...], label: str) -> None:
    times = f" ({len(fixes)} times)" if len(fixes) > 1 else ""
    try_change(lambda work: mend(work, table, fixes), f"Done: {label}{times}.")
