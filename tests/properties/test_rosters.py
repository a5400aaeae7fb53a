"""Rosters: the table to edit says the same as the file, and every fix does what it says."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.files import Choices, RosterReading, Table, default_catalogue, load_roster, write_roster
from matcher.files.rosters.standard import with_fix
from matcher.files.writing import csv_bytes
from matcher.people.errors import InputError
from tests.strategies_files import names

WORDS = st.sampled_from(
    [*(s.name for s in default_catalogue().superpowers), "empthy", "Input", "Relator", "xyzzy", "Visionary"]
)
SOME = st.lists(WORDS, max_size=4)
PEOPLE = st.sampled_from(["Ann Lee", "ann  lee", "Lee, Ann", "Bo Chen", "Bo Chen (7)", "", "Cy", "anonymous"])


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Rosters in several shapes, with the mistakes that people make."""
    shape = draw(st.sampled_from(["listed", "numbered", "grid"]))
    people = draw(
        st.lists(st.tuples(PEOPLE | names, SOME, st.sampled_from(["", "7", "8"])), min_size=1, max_size=5)
    )
    extra = draw(st.sampled_from(["site", "status", "Completion time", "absent"]))
    cells = st.sampled_from(["", "Rome", "yes", "Terminated", "1/15/26 9:03:00"])
    if shape == "listed":
        header = ["name", "id", "superpowers", extra]
        rows = [[name, key, "; ".join(words), draw(cells)] for name, words, key in people]
    elif shape == "numbered":
        header = ["name", "id", *(f"superpower {i}" for i in range(1, 5)), extra]
        rows = [[name, key, *(words + [""] * 4)[:4], draw(cells)] for name, words, key in people]
    else:
        options = ["Vision", "Grit", "Calm", "Empathy"]
        header = ["name", "id", *options, extra]
        rows = [
            [name, key, *("x" if o in words else "" for o in options), draw(cells)]
            for name, words, key in people
        ]
    return csv_bytes(header, rows)


def read(source: bytes | Table, choices: Choices = Choices()) -> RosterReading:  # noqa: B008 - it is frozen
    try:
        return load_roster(source, choices=choices)
    except InputError:
        assume(False)
        raise


@given(source=files())
def test_the_table_to_edit_reads_the_same(source: bytes):
    first = read(source)
    again = load_roster(first.standard)

    assert again.roster == first.roster
    assert again.problems == first.problems
    assert again.proposals == first.proposals
    assert again.standard == first.standard


def told(reading: RosterReading) -> set[int]:
    """Return the rows that made a member, were left out, or are reported."""
    facts = {fact.row for facts in reading.facts.values() for fact in facts}
    left_out = {row.number for row in reading.table.left_out}
    return facts | left_out | {problem.row for problem in reading.problems if problem.row}


@given(source=files())
def test_every_row_is_a_members_or_is_left_out_or_reported(source: bytes):
    reading = read(source)

    assert {row.number for row in (*reading.table.rows, *reading.table.left_out)} <= told(reading)


@given(source=files(), data=st.data())
def test_a_fix_ends_its_problem_and_no_row_gets_lost(source: bytes, data: st.DataObject):
    reading = read(source)
    asked = [(problem, fix) for problem in reading.problems for fix in problem.fixes]
    assume(asked)
    problem, fix = data.draw(st.sampled_from(asked))
    after = read(with_fix(reading.standard, fix), Choices(accepted=fix.accept))

    assert problem.message not in {p.message for p in after.problems if p.row == problem.row}
    edited = load_roster(reading.standard)  # of a member's several rows it has one
    assert told(edited) - set(fix.drop) <= told(after)


CLEAR = st.lists(
    st.sampled_from([s.name for s in default_catalogue().superpowers]), min_size=1, max_size=6, unique=True
)
TITLES = st.sampled_from(
    [
        ("name", "Standort", "notes"),
        ("Worker", "e-mail", "First name"),
        ("Name", "status", "Timestamp"),
        ("Mitarbeiter", "Vorgesetzter", "name 2"),
        ("employee", "group", "why"),
        ("Full Name", "hours", "tz"),
    ]
)
WELL_SAID = {
    "hours": st.sampled_from(["", "Mon 9-12", "Tue 14-17; Wed 9-10"]),
    "tz": st.sampled_from(["", "UTC+2", "Europe/Rome"]),
}


@st.composite
def clear_files(draw: st.DrawFn) -> bytes:
    """Rosters with nothing to ask about, under many titles."""
    who, *others = draw(TITLES)
    people = draw(st.lists(names.filter(str.isalpha), min_size=1, max_size=4, unique_by=str.casefold))
    cells = st.sampled_from(["", "Rome", "Active", "x y", "=1+1"])
    told = [WELL_SAID.get(title, cells) for title in others]
    rows = [[f"{name} Last", "; ".join(draw(CLEAR)), *map(draw, told)] for name in people]
    return csv_bytes([who, "superpowers", *others], rows)


@given(source=clear_files())
def test_a_clear_roster_that_is_written_reads_the_same_without_a_question(source: bytes):
    reading = read(source)
    again = load_roster(write_roster(reading.roster))

    assert (reading.problems, again.problems) == ((), ())
    assert [replace(member, cells={}, private=frozenset()) for member in again.roster.members] == [
        replace(member, cells={}, private=frozenset()) for member in reading.roster.members
    ]
