"""Who turns to whom: lists of pairs, square tables, answers of a form."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from matcher.files.references.networks import load_networks, read_networks
from matcher.files.tables.choices import Choices
from matcher.files.writing import csv_bytes
from matcher.people.errors import InputError
from matcher.people.network import Network, Tie, with_turns_to
from matcher.people.roster import Roster, UnknownMember
from tests.referring import CY, ROSTER, mended, presses, told

ANN_TO_BO_AND_CY = {"1": ("2", CY), "2": ("1",)}


@pytest.mark.parametrize(
    "text",
    [
        f"from,to\n1,2\n1,{CY}\n2,1\n",
        f"Who,Whom\nAnn Lee,Bo Chen\n1,{CY}\n2,Ann Lee\n",
        f"person,turns to\n1,2\n1,{CY}\n2,1\n",
        f"Source;Target;Weight\n1;2;5\n1;{CY};0,5\n2;1;1\n2;{CY};0\n",
        f"seeker,giver,frequency\n1,{CY},1\n1,2,3\n2,1,1\n",
        f'name,turns to\n1,"2; {CY}"\n2,1\n',
        f'Name,Whom do you turn to?\nAnn Lee,"Bo Chen, Diaz, Cy"\nBo Chen,"Lee, Ann"\n{CY},\n',
        f"name,turns to 1,turns to 2\n1,2,{CY}\n2,1,\n",
        f",Ann Lee,Bo Chen,{CY}\nAnn Lee,,x,1\nBo Chen,1,,0\n{CY},,,no\n",
        f"Name\tAnn Lee\tBo Chen\t{CY}\nBo Chen\t2\t-\t\nAnn Lee\t0\t7\t3\n",
        "Timestamp,Email Address,First name,Last name,Who do you go to for advice?,Anything else?\n"
        "1/2/2024 9:00:00,ann@x.org,Ann,Lee,Bo Chen;Cy Diaz;,no\n1/2/2024 9:01:00,,Bo,Chen,Ann Lee;,yes\n",
        f"Ann Lee,Bo Chen\nAnn Lee,{CY}\nBo Chen,Ann Lee\n",
    ],
)
def test_every_shape_gives_the_same_ties(text: str):
    assert read_networks(text, ROSTER).turned_to == ANN_TO_BO_AND_CY


def test_a_workbook_with_a_square_table_is_read():
    workbook = Workbook()
    for row in ([None, "Ann Lee", "Bo Chen", CY], ["Ann Lee", None, 1, "x"], ["Bo Chen", 1, None, None]):
        workbook.active.append(row)
    data = io.BytesIO()
    workbook.save(data)

    assert read_networks(data.getvalue(), ROSTER).turned_to == ANN_TO_BO_AND_CY


def test_the_direction_is_said_with_an_example():
    reading = load_networks("from,to\n1,2\n4,1\n", ROSTER, name="f.csv")

    assert reading.notes == (
        "f.csv: 2 ties read, from the one who turns to the one turned to: Ann Lee turns to Bo Chen.",
    )


def test_a_pair_counts_once_in_a_direction_with_its_largest_weight():
    assert read_networks(f"from,to,weight\n1,2,1\n1,2,4\n1,{CY},2\n2,1,\n", ROSTER) == Network(
        (Tie("1", "2", 4.0), Tie("1", CY, 2.0), Tie("2", "1", 1.0))
    )


@pytest.mark.parametrize(
    "text", ["from,to\n1,2\nann@x.org,Ann Lee\n", ",Ann Lee,Bo Chen\nAnn Lee,1,1\nBo Chen,0,-\n"]
)
def test_nobody_turns_to_themselves(text: str):
    reading = load_networks(text, ROSTER, name="f.csv")

    assert reading.checked().turned_to == {"1": ("2",)}
    assert "f.csv: Nobody turns to themselves; that does not count for “Ann Lee”." in reading.notes


def test_people_outside_the_roster_are_passed_over_and_named():
    gone = "".join(f"1,Somebody {number}\n" for number in range(8))
    reading = load_networks(f"from,to\n1,2\nZed,1\n{gone}", ROSTER, name="f.csv")

    assert reading.checked().turned_to == {"1": ("2",)}
    assert reading.notes[-1] == (
        "f.csv: “Zed”, “Somebody 0”, “Somebody 1”, “Somebody 2”, “Somebody 3” and 4 more are not on the "
        "roster, and passed over."
    )


def test_a_near_miss_is_put_right_with_one_press():
    text = "from,to\n1,Jose Garcia; Zed; 2\n"
    reading = load_networks(text, ROSTER)
    (problem,) = reading.problems

    assert reading.value.turned_to == {"1": ("2",)}
    assert presses(problem) == [("Choose José García", {(2, "to"): "José García; Zed; 2"}, ())]
    assert read_networks(mended(text, problem), ROSTER).turned_to == {"1": ("6", "2")}


def test_who_answered_twice_counts_with_the_later_answer():
    text = (
        "Completion time,Name,Who do you turn to?\n"
        "2024-03-02 10:00,Ann Lee,Bo Chen;\n2024-03-01 10:00,Ann Lee,Cy Diaz;\n"
        "2024-03-01 11:00,Bo Chen,Ann Lee;\n"
    )
    reading = load_networks(text, ROSTER, name="f.csv")

    assert reading.checked().turned_to == {"1": ("2",), "2": ("1",)}
    assert "f.csv, row 3: Ann Lee answered again in row 2; the later answer counts." in reading.notes


def test_a_question_that_we_do_not_know_is_found_by_its_answers_and_said():
    text = "Name,Colour,Your go-tos\nAnn Lee,red,Bo Chen;\nBo Chen,blue,\n"
    reading = load_networks(text, ROSTER, name="f.csv")

    assert reading.checked().turned_to == {"1": ("2",)}
    assert reading.notes[0] == "f.csv: “Your go-tos” is taken for whom they turn to."


def test_columns_may_be_chosen():
    choices = Choices(meanings={"left": "to", "right": "from"})

    assert read_networks("left,right\n1,2\n", ROSTER, choices=choices).turned_to == {"2": ("1",)}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("from,to,weight\n1,2,often\n", "row 2, column “weight”: “often” is not a number; write how much"),
        ("from,to,weight\n1,2,-1\n", "row 2, column “weight”: “-1” is not a number; write how much"),
        ("from,to,weight\n1,2,inf\n", "row 2, column “weight”: “inf” is not a number; write how much"),
        (",Ann Lee,Bo Chen\nAnn Lee,,maybe\n", "row 2, column “Bo Chen”: “maybe” is neither a tick nor"),
        (",Ann Lee,Dee Roy,Bo Chen\nAnn Lee,,1,\n", "row 1, column “Dee Roy”: “Dee Roy” could be any of 2"),
        ("from,to\nDee Roy,1\n", "row 2, column “from”: “Dee Roy” could be any of 2 members; use the id"),
        ("from,to\n,1\n2,1\n", "row 2, column “from”: The row does not say who; fill in the cell."),
        ("from,to\nZed,Zoe\n", "Nobody on the roster turns to anybody here; check that this is"),
    ],
)  # fmt: skip
def test_a_network_that_makes_no_sense_is_reported(text: str, problem: str):
    (found,) = told(load_networks, text)

    assert problem in found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x,y\n1,2\n", "row 1: There is no column for who turns to somebody; the columns are “x” and “y”."),
        ("name,colour\nAnn Lee,red\n", "row 1: There is no column for whom they turn to"),
    ],
)
def test_a_file_that_is_no_network_says_which_columns_there_are(text: str, sentence: str):
    with pytest.raises(InputError) as caught:
        read_networks(text, ROSTER, name="f.csv")

    assert sentence in str(caught.value)


def test_what_a_file_says_in_doubt_is_told_strictly():
    with pytest.raises(InputError, match="did you mean “José García”"):
        read_networks("from,to\n1,Jose Garcia\n", ROSTER)


# --- into the roster ----------------------------------------------------------------------------


def turns_to(roster: Roster) -> dict[str, tuple[str, ...]]:
    return {member.key: member.turns_to for member in roster.members if member.turns_to}


def test_a_network_joins_what_the_roster_says_or_replaces_it():
    ann = replace(ROSTER.members[0], turns_to=("Cy Diaz", "Outsider"))
    roster = replace(ROSTER, members=(ann, *ROSTER.members[1:]))
    network = Network((Tie("1", "2", 1), Tie("1", CY, 3), Tie("2", "1")))

    assert turns_to(with_turns_to(roster, network)) == {"1": ("Cy Diaz", "Outsider", "2"), "2": ("1",)}
    assert turns_to(with_turns_to(roster, network, keep=False)) == {"1": (CY, "2"), "2": ("1",)}


def test_a_network_of_another_roster_is_refused():
    with pytest.raises(UnknownMember, match="“Zed” is nobody on the roster"):
        with_turns_to(ROSTER, Network((Tie("1", "Zed"),)))


@pytest.mark.parametrize(("a", "b", "weight"), [("1", "1", 1.0), ("1", "2", 0.0), ("1", "2", float("inf"))])
def test_a_tie_is_between_two_members_and_weighs_something(a: str, b: str, weight: float):
    with pytest.raises(ValueError, match=r"cannot turn to themselves|needs a weight above 0"):
        Tie(a, b, weight)


ties = st.dictionaries(
    st.tuples(st.sampled_from("12456"), st.sampled_from("12456")).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 9),
    min_size=1,
)


@given(ties)
def test_a_list_and_a_square_table_of_the_same_ties_read_the_same(found: dict[tuple[str, str], int]):
    listed = csv_bytes(["from", "to", "weight"], [(*pair, str(weight)) for pair, weight in found.items()])
    keys = "12456"
    square = csv_bytes(["", *keys], [[a, *(str(found.get((a, b), "")) for b in keys)] for a in keys])

    for data in (listed, square):
        read = read_networks(data, ROSTER)
        assert {(tie.member, tie.turns_to): tie.weight for tie in read.ties} == found
