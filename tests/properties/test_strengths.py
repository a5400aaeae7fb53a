"""Whatever the shape, a table tells the strengths that were written into it."""

from __future__ import annotations

import string
import unicodedata
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from matcher.files.catalogues import default_catalogue
from matcher.files.strengths import OURS, Recogniser, default_frameworks, reshape, strengths_of
from matcher.files.strengths.cells import Known
from matcher.files.tables.table import Row, Table

CATALOGUE = default_catalogue()
CLIFTON = default_frameworks()[0]
NAMES = [superpower.name for superpower in CATALOGUE.superpowers]
THEMES = [theme.name for theme in CLIFTON.themes]
KNOWN = Known(CATALOGUE, default_frameworks())

people = st.integers(2, 6).map(lambda many: [f"Member {letter}" for letter in string.ascii_uppercase[:many]])
texts = st.text(max_size=60)


@st.composite
def rosters(draw: st.DrawFn, names: list[str] = NAMES, least: int = 1) -> dict[str, list[str]]:
    chosen = st.lists(st.sampled_from(names), min_size=least, max_size=6, unique=True)
    return {person: draw(chosen) for person in draw(people)}


def table(header: list[str], lines: list[list[str]]) -> Table:
    rows = ((number, [*line, *[""] * (len(header) - len(line))]) for number, line in enumerate(lines, 2))
    return Table("roster.csv", tuple(header), tuple(Row(number, tuple(cells)) for number, cells in rows))


def told(source: Table) -> dict[str, list[str]]:
    whole = reshape(source)
    strengths = strengths_of(whole)
    return {row.cells[0]: [entry.text for entry in strengths.entries(row)] for row in whole.rows}


@given(
    rosters(), st.sampled_from(["; ", ";", "\n", " | ", ", ", " / ", " and ", " & ", " > "]), st.booleans()
)
def test_a_list_tells_what_it_was_joined_from(roster: dict[str, list[str]], separator: str, form: bool):
    lines = [
        [person, separator.join(entries) + ";" * (form and ";" in separator)]
        for person, entries in roster.items()
    ]

    assert told(table(["name", "superpowers"], lines)) == roster


@given(
    rosters(),
    st.sampled_from(["superpower {}", "Strength #{}", "Theme {}", "Top 5: {}", "{}", "{}. strength"]),
)
def test_places_tell_what_they_were_filled_with(roster: dict[str, list[str]], title: str):
    header = ["name", *(title.format(place) for place in range(1, 7))]

    assert told(table(header, [[person, *entries] for person, entries in roster.items()])) == roster


@given(
    rosters(least=2), st.permutations(NAMES), st.sampled_from(["{}", "Superpowers [{}]", "Strengths - {}"])
)
def test_a_grid_of_ranks_tells_the_order(roster: dict[str, list[str]], columns: list[str], title: str):
    lines = [
        [person, *(str(entries.index(name) + 1) if name in entries else "" for name in columns)]
        for person, entries in roster.items()
    ]

    assert told(table(["name", *map(title.format, columns)], lines)) == roster


@given(rosters(), st.sampled_from(["x", "yes", "TRUE", "✓"]))
def test_a_ticked_grid_tells_who_holds_what(roster: dict[str, list[str]], tick: str):
    lines = [
        [person, *(tick if name in entries else "" for name in NAMES)] for person, entries in roster.items()
    ]

    assert {p: set(entries) for p, entries in told(table(["name", *NAMES], lines)).items()} == {
        person: set(entries) for person, entries in roster.items()
    }


@given(rosters(THEMES, least=3), st.randoms(use_true_random=False))
def test_a_row_a_strength_in_any_order_tells_the_same(roster: dict[str, list[str]], random: Random):
    lines = [[p, theme, str(rank)] for p, themes in roster.items() for rank, theme in enumerate(themes, 1)]
    random.shuffle(lines)

    assert told(table(["user", "strength", "rank"], lines)) == roster


@given(rosters(THEMES, least=3))
def test_a_column_a_member_tells_the_same(roster: dict[str, list[str]]):
    longest = max(map(len, roster.values()))
    lines = [
        [str(place + 1), *(entries[place] if place < len(entries) else "" for entries in roster.values())]
        for place in range(longest)
    ]

    assert told(table(["", *roster], lines)) == roster


@given(
    st.lists(st.lists(texts, min_size=3, max_size=3), min_size=1, max_size=6),
    st.lists(texts, min_size=3, max_size=3),
)
def test_no_table_is_refused(lines: list[list[str]], header: list[str]):
    for entries in told(table(header, lines)).values():
        assert all(entries)


@given(texts)
def test_what_a_cell_lists_stands_in_it(cell: str):
    whole = unicodedata.normalize("NFKC", cell)

    for entry in KNOWN.entries(cell):
        assert entry in cell or entry in whole


@given(
    st.sampled_from(NAMES),
    st.sampled_from([" ", "-", "_", "  ", ""]),
    st.sampled_from(["lower", "upper", "title"]),
)
def test_a_name_stays_clear_in_any_case_and_spacing(name: str, space: str, case: str):
    text = getattr(name.replace(" ", space), case)()

    assert Recogniser(CATALOGUE, default_frameworks()).read(text).superpower == CATALOGUE.recognise(name)


@given(texts)
def test_a_text_that_is_no_name_is_never_taken_unasked(text: str):
    read = Recogniser(CATALOGUE, default_frameworks()).read(text)

    assert read.superpower == CATALOGUE.recognise(text)
    assert read.superpower is None or read.proposal is None


def test_ours_is_the_source_when_every_word_is_ours():
    assert strengths_of(table(["name", "superpowers"], [["Ann", name] for name in NAMES])).framework == OURS
