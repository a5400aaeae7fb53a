from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.files import RosterReading, load_roster
from matcher.files.rosters.compare import Comparison, Difference, Kind, compare, taken_over
from matcher.files.tables.choices import Choices

ON_HAND = """name,superpowers,site
Anna,Vision; Empathy,Oslo
Bo,Finishing,Oslo
Cé,Calm,Lima
"""


def read(text: str) -> RosterReading:
    return load_roster(text, name="people.csv")


def told(compared: Comparison) -> list[tuple[str, ...]]:
    return [(str(d.kind), d.name, d.column, d.was, d.will_be) for d in compared.differences]


def over(before: str, after: str) -> list[tuple[str, ...]]:
    """The cells, and the rows' numbers, once everything is taken over."""
    mine, theirs = read(before), read(after)
    table = taken_over(mine, theirs, compare(mine, theirs).differences)
    return [table.header, *((str(row.number), *row.cells) for row in table.rows)]


def test_it_says_who_is_new_who_is_gone_and_which_cells_changed():
    after = "name,superpowers,site\nBo,Finishing,Bergen\nCé,Calm; Grit,Lima\nDi,Vision,Lima\n"
    compared = compare(read(ON_HAND), read(after))
    assert told(compared) == [
        ("new", "Di", "", "", ""),
        ("changed", "Bo", "site", "Oslo", "Bergen"),
        ("changed", "Cé", "superpowers", "Calm", "Calm; Grit"),
        ("gone", "Anna", "", "", ""),
    ]
    assert (compared.same, compared.shared) == (0, 2)
    assert compared.names(Kind.NEW) == ["Di"]


def test_a_roster_is_the_same_as_itself():
    compared = compare(read(ON_HAND), read(ON_HAND))
    assert compared == Comparison((), 3, 3)


def test_the_order_of_rows_and_columns_does_not_count():
    after = "site,superpowers,name\nLima,calm,Cé\nOslo,Vision;Empathy,Anna\nOslo,finishing,Bo\n"
    assert compare(read(ON_HAND), read(after)).differences == ()


def test_a_column_that_the_file_does_not_have_changes_nothing():
    assert compare(read(ON_HAND), read("name\nAnna\nBo\nCé\n")).differences == ()


def test_a_cell_that_is_empty_where_others_are_filled_is_a_change():
    after = ON_HAND.replace("Finishing,Oslo", "Finishing,")
    assert told(compare(read(ON_HAND), read(after))) == [("changed", "Bo", "site", "Oslo", "")]


def test_the_order_of_ranked_superpowers_counts():
    after = ON_HAND.replace("Vision; Empathy", "Empathy; Vision")
    assert [d.column for d in compare(read(ON_HAND), read(after)).differences] == ["superpowers"]
    unranked = [load_roster(text, name="people.csv", ranked=False) for text in (ON_HAND, after)]
    assert compare(*unranked).differences == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name,id\nAnna Berg,7\n", "name,id\nAnna Lund,7\n"),
        ("name,email\nAnna Berg,a@x.org\n", "name,email\nAnna Lund,A@x.org\n"),
        ("name,email\nAnna Berg,\n", "name,email\nANNA BERG,a@x.org\n"),
    ],
)
def test_somebody_is_the_same_person_by_id_email_or_name(before, after):
    compared = compare(read(before), read(after))
    assert {d.kind for d in compared.differences} == {Kind.CHANGED}
    assert compared.shared == 1


def test_one_name_with_two_ids_is_two_people():
    compared = compare(read("name,id\nAnna Berg,7\n"), read("name,id\nAnna Berg,8\n"))
    assert [d.kind for d in compared.differences] == [Kind.NEW, Kind.GONE]


def test_what_is_unclear_in_the_file_is_shown_as_it_was_written():
    after = ON_HAND.replace("Finishing", "Finishing; Gardening")
    assert told(compare(read(ON_HAND), read(after))) == [
        ("changed", "Bo", "superpowers", "Finishing", "Finishing; Gardening")
    ]


def test_taking_over_keeps_the_rows_numbers_and_adds_the_new_below():
    after = "name,site,grade\nBo,Bergen,2\nCé,Lima,\nDi,Lima,1\n"
    assert over(f"Our people\n\n{ON_HAND}", after) == [
        ("name", "superpowers", "site", "grade"),
        ("5", "Bo", "Finishing", "Bergen", "2"),
        ("6", "Cé", "Calm", "Lima", ""),
        ("7", "Di", "", "Lima", "1"),
    ]


def test_only_what_is_wanted_is_taken_over():
    mine, theirs = read(ON_HAND), read("name,site\nBo,Bergen\nDi,Lima\n")
    wanted = [d for d in compare(mine, theirs).differences if d.kind is Kind.CHANGED]
    table = taken_over(mine, theirs, wanted)
    assert [row.cells for row in table.rows] == [
        ("Anna", "Vision; Empathy", "Oslo"),
        ("Bo", "Finishing", "Bergen"),
        ("Cé", "Calm", "Lima"),
    ]


def test_nothing_that_is_unclear_on_hand_gets_lost():
    before = "name,superpowers\nAnna,Gardening; Vision\nAnna,Calm\n,Grit\nBo,Calm\n"
    mine, theirs = read(before), read("name,site\nAnna,Oslo\nBo,Lima\n")
    table = taken_over(mine, theirs, compare(mine, theirs).differences)
    assert [row.cells[:2] for row in table.rows] == [row.cells for row in mine.standard.rows]


def test_the_files_own_words_are_taken_so_that_what_is_unclear_can_be_asked_about():
    after = "name,superpowers\nAnna,Vishion\nBo,Finishing\nCé,Calm\nDi,Gardening; Calm\n"
    rows = over(ON_HAND, after)
    assert rows[1][2] == "Vishion"
    assert rows[4][1:3] == ("Di", "Gardening; Calm")


def test_superpowers_go_into_the_columns_that_the_roster_has_for_them():
    before = "name,superpower 1,superpower 2\nAnna,Vision,Empathy\nBo,Calm,\n"
    after = "name,superpowers\nAnna,Grit\nBo,Calm; Vision; Empathy\n"
    assert over(before, after) == [
        ("name", "superpower 1", "superpower 2"),
        ("2", "Anna", "Grit", ""),
        ("3", "Bo", "Calm", "Vision; Empathy"),
    ]


def test_a_name_goes_into_its_two_columns():
    before = "first name,last name,id\nAnna,Berg,7\nBo,Lund,8\n"
    assert over(before, "name,id\nAnna Maria Berg,7\nBo Lund,8\nCy Ek,9\n") == [
        ("first name", "last name", "id"),
        ("2", "Anna Maria", "Berg", "7"),
        ("3", "Bo", "Lund", "8"),
        ("4", "Cy", "Ek", "9"),
    ]


def test_a_column_keeps_its_meaning_that_somebody_chose():
    choices = Choices(meanings={"who": "name"})
    mine = load_roster("who,site\nAnna,Oslo\n", name="a.csv", choices=choices)
    theirs = read("name,site\nAnna,Lima\nBo,Lima\n")
    table = taken_over(mine, theirs, compare(mine, theirs).differences)
    assert table.header == ("who", "site")
    assert [row.cells for row in table.rows] == [("Anna", "Lima"), ("Bo", "Lima")]


names = st.lists(
    st.sampled_from(["Anna", "Bo", "Cé", "Di", "Eve", "Finn"]), min_size=1, max_size=6, unique=True
)
people = names.flatmap(
    lambda chosen: st.tuples(
        *(
            st.tuples(
                st.just(name), st.sampled_from(["Vision", "Calm; Grit"]), st.sampled_from(["Oslo", "Rom"])
            )
            for name in chosen
        )
    )
)


@settings(max_examples=25)
@given(people, people)
def test_after_taking_over_all_the_rosters_say_the_same(before, after):
    texts = [
        "\n".join([",".join(("name", "superpowers", "site")), *map(",".join, rows)])
        for rows in (before, after)
    ]
    mine, theirs = (read(f"{text}\n") for text in texts)
    table = taken_over(mine, theirs, compare(mine, theirs).differences)
    assert compare(load_roster(table), theirs).differences == ()


def test_a_difference_says_enough_to_be_taken_over_by_itself():
    mine, theirs = read(ON_HAND), read(ON_HAND.replace("Lima", "Rom"))
    assert compare(mine, theirs).differences == (
        Difference(Kind.CHANGED, "Cé", "Cé", "Cé", "site", "Lima", "Rom"),
    )
