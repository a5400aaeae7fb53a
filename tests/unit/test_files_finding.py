"""Whom a reference means, and who is offered for one that is nearly somebody's."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from matcher.files import default_catalogue
from matcher.files.references.finding import MOST_SEARCHES, Finder, Nobody, Unclear, find_member, words
from matcher.people.member import Member
from matcher.people.roster import Roster

FIRST = (
    "Ann Bo José Zoë Priya Chen Maria Marie Mario Jon John Joanna Anna Anne Hanna Lukas Lucas Sven Søren "
    "Émile Emily Fatima Omar Amir Amira Yuki Yuko Katrin Kathrin Stefan Stephan Robert Rupert William Nora"
)
LAST = (
    "Lee Li García Müller Schmidt Schmitt Nguyen O'Neill Łukasz Novák Nowak Larsson Larsen Smith Diaz Roy "
    "Tanaka Okafor Fischer Fisher Dubois Dupont Petrov Petrova Ivanov Jean-Baptiste Kowalska Kowalski Silva"
)
STRANGERS = "Gwen Harald Ingrid Pavel Quentin Rosalind Tobias Ursula Viktor Xavier"
ELSEWHERE = "Abernathy Brandt Castellano Drummond Eriksson Fontaine Goldberg Iglesias Jankowski Zhou"


def roster(*members: Member) -> Roster:
    return Roster(members, default_catalogue())


def many(count: int = 200) -> tuple[Finder, list[str]]:
    """So many names, of which many are like others."""
    rng = random.Random(7)
    pairs = [f"{first} {last}" for first in FIRST.split() for last in LAST.split()]
    names = rng.sample(pairs, count)
    return Finder(roster(*(Member(name) for name in names))), names


def typos(name: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """One slip of each kind."""
    letters = [i for i, c in enumerate(name) if c.isalpha() and 0 < i < len(name) - 1]
    i = rng.choice(letters)
    yield "a letter is missing", name[:i] + name[i + 1 :]
    yield "a letter is there twice", name[:i] + name[i] + name[i:]
    yield "a letter is another", name[:i] + rng.choice("aeinrst") + name[i + 1 :]
    swapped = [j for j in letters if name[j + 1].isalpha() and name[j] != name[j + 1]]
    j = rng.choice(swapped)
    yield "two letters are swapped", name[:j] + name[j + 1] + name[j] + name[j + 2 :]
    yield "accents are missing", " ".join(words(name)).title()
    first, last = name.split(" ")
    yield "the last name comes first", f"{last} {first}"
    yield "a middle initial is more", f"{first} M. {last}"
    yield "the space is missing", f"{first}{last}"


def offered(finder: Finder, reference: str) -> list[str]:
    with pytest.raises(Nobody) as caught:
        finder.find(reference)
    return [member.name for member in caught.value.offered]


# --- what is clear ------------------------------------------------------------------------------

PEOPLE = roster(
    Member("Ann Lee", id="0042", email="ann@x.org"),
    Member("Bo Chen", id="7", email="bo@x.org"),
    Member("Diaz, Cy"),
    Member("Eve Roy (1001)"),
    Member("José García", email="jose@x.org"),
    Member("Dee Roy", id="4"),
    Member("Dee Roy", id="5"),
    Member("Smith, Al", id="8"),
    Member("Roy, Al, Jr.", id="9"),
)


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("0042", "Ann Lee"),
        (" ANN@x.org", "Ann Lee"),
        ("ann\u00a0 LEE", "Ann Lee"),
        ("Lee, Ann", "Ann Lee"),
        ("LEE , ann", "Ann Lee"),
        ("Ann Lee (0042)", "Ann Lee"),
        ("Lee, Ann (0042)", "Ann Lee"),
        ("Ann Lee <ann@x.org>", "Ann Lee"),
        ("Cy Diaz", "Diaz, Cy"),
        ("Cy Diaz (77)", "Diaz, Cy"),
        ("Eve Roy", "Eve Roy (1001)"),
        ("Roy, Eve", "Eve Roy (1001)"),
        ("Jose\u0301 Garci\u0301a", "José García"),
        ("Dee Roy (5)", "Dee Roy"),
        ("Al Smith", "Smith, Al"),
    ],
)
def test_a_member_is_found_however_their_name_is_turned(reference: str, name: str):
    assert find_member(reference, PEOPLE).name == name


@pytest.mark.parametrize(
    ("reference", "names", "same"),
    [
        ("Jose Garcia", ["José García"], True),
        ("garcia jose", ["José García"], True),
        ("AnnLee", ["Ann Lee"], True),
        ("ann.lee@old.example", ["Ann Lee"], True),
        ("42", ["Ann Lee"], True),
        ("bo@x.og", ["Bo Chen"], False),
        ("Ann", ["Ann Lee"], False),
        ("B. Chen", ["Bo Chen"], False),
        ("Bo C.", ["Bo Chen"], False),
        ("Ann Marie Lee", ["Ann Lee"], False),
        ("Ann Lee (Sales)", ["Ann Lee"], False),
        ("Ann Lee (7)", ["Ann Lee", "Bo Chen"], True),
        ("Ann Lee (99)", ["Ann Lee"], True),
        ("Ann Lee <ann@y.org>", ["Ann Lee"], True),
        ("An Lee", ["Ann Lee"], False),
        ("Bo Chn", ["Bo Chen"], False),
        ("Zed", [], False),
        ("?", [], False),
        ("", [], False),
    ],
)
def test_what_is_nearly_somebodys_is_offered_and_never_taken(reference: str, names: list[str], same: bool):
    with pytest.raises(Nobody, match="is nobody on the roster") as caught:
        find_member(reference, PEOPLE)

    assert [member.name for member in caught.value.offered] == names
    assert caught.value.same == same
    assert all(f"“{name}”" in str(caught.value) for name in names)


@pytest.mark.parametrize("reference", ["Dee Roy", "roy, dee", "dee  roy"])
def test_a_name_of_two_members_lists_the_ids_to_choose_from(reference: str):
    with pytest.raises(Unclear, match=r"could be any of 2 members; use the id \(4, 5\)") as caught:
        find_member(reference, PEOPLE)

    assert not isinstance(caught.value, Nobody)
    assert [member.id for member in caught.value.offered] == ["4", "5"]


def test_a_member_is_called_by_what_finds_nobody_else():
    finder = Finder(
        roster(Member("Dee", id="4"), Member("Dee", id="5"), Member("Ann", id="Bo"), Member("Bo", id="6"))
    )

    assert [finder.called(member) for member in finder.roster.members] == ["4", "5", "Ann", "6"]
    assert [finder.shown(member) for member in finder.roster.members] == [
        "Dee (4)",
        "Dee (5)",
        "Ann",
        "Bo (6)",
    ]
    assert all(finder.find(finder.called(member)) is member for member in finder.roster.members)


# --- several in one cell ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ann Lee; Bo Chen;", ["Ann Lee", "Bo Chen"]),
        ("Ann Lee\nBo Chen", ["Ann Lee", "Bo Chen"]),
        ("Ann Lee, Bo Chen", ["Ann Lee", "Bo Chen"]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("Lee, Ann, Chen, Bo", ["Lee, Ann", "Chen, Bo"]),
        ("Lee, Ann; Chen, Bo", ["Lee, Ann", "Chen, Bo"]),
        ("Bo Chen, Lee, Ann, Zed", ["Bo Chen", "Lee, Ann", "Zed"]),
        ("Diaz, Cy, Bo Chen", ["Diaz, Cy", "Bo Chen"]),
        ("Ann Lee & Bo Chen", ["Ann Lee", "Bo Chen"]),
        ("Ann Lee, Bo Chen and Cy Diaz", ["Ann Lee", "Bo Chen", "Cy Diaz"]),
        ("Ann Lee/Bo Chen", ["Ann Lee", "Bo Chen"]),
        ("7, ann@x.org", ["7", "ann@x.org"]),
        ("Ann Lee, Diaz, Cy; Bo Chen", ["Ann Lee", "Diaz, Cy", "Bo Chen"]),
        ("Roy, Al, Jr., Bo Chen", ["Roy, Al, Jr.", "Bo Chen"]),
        ("Somebody, Else", ["Somebody, Else"]),
        ("", []),
    ],
)
def test_names_in_one_cell_are_told_apart_by_those_that_are_known(cell: str, names: list[str]):
    assert Finder(PEOPLE).split(cell) == names


# --- who is offered, measured -------------------------------------------------------------------


def test_a_slip_in_one_of_200_names_offers_the_right_member():
    finder, names = many()
    rng = random.Random(11)
    tried, wrong = 0, []
    for name in names:
        for kind, text in typos(name, rng):
            if finder.meant(text):
                continue  # the slip made it somebody else's name, or changed nothing
            tried += 1
            if name not in offered(finder, text):
                wrong.append((kind, text, name))

    assert tried > 1400
    assert len(wrong) <= 2, wrong


def test_strangers_are_hardly_ever_offered_somebody():
    finder, names = many()
    rng = random.Random(13)
    same_last = [f"{rng.choice(STRANGERS.split())} {name.split(' ')[1]}" for name in names]
    same_first = [f"{name.split(' ')[0]} {rng.choice(ELSEWHERE.split())}" for name in names]
    neither = [f"{first} {last}" for first in STRANGERS.split() for last in ELSEWHERE.split()]

    strangers = same_last + same_first + neither
    taken = [text for text in strangers if offered(finder, text)]

    assert len(strangers) == 500
    assert len(taken) <= 1, taken


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Bill", "William"),
        ("Bob", "Robert"),
        ("Peggy", "Margaret"),
        ("Jack", "John"),
        ("Ted", "Edward"),
        ("Sasha", "Alexander"),
        ("Pepe", "José"),
        ("Kit", "Christopher"),
        ("Lili", "Elisabeth"),
        ("Hansi", "Johannes"),
    ],
)
def test_another_first_name_is_another_person(short: str, long: str):
    assert offered(Finder(roster(Member(f"{long} Tanaka"), Member("Ann Lee"))), f"{short} Tanaka") == []


@pytest.mark.parametrize("text", ["An", "Anne", "Annn"])
def test_a_letter_more_or_less_in_a_very_short_name_is_offered_too(text: str):
    assert offered(Finder(roster(Member("Ann"), Member("Bo"))), text) == ["Ann"]


def test_of_many_who_are_equally_likely_nobody_is_offered():
    finder = Finder(roster(*(Member(f"Maria {last}") for last in LAST.split())))

    assert offered(finder, "Maria") == []
    assert offered(finder, "Maria L.") == []
    assert offered(finder, "M. Tanaka") == ["Maria Tanaka"]


def test_the_nearest_is_offered_first_and_three_at_most():
    finder = Finder(
        roster(*(Member(name) for name in ("Joan Tanaka", "Johan Tanaka", "John Tanaka", "Jon Tanaka")))
    )

    assert offered(finder, "Johann Tanaka")[0] == "Johan Tanaka"
    assert len(offered(finder, "Johann Tanaka")) == 3


def test_a_file_about_another_roster_ends_quickly():
    finder, _ = many(900)
    rng = random.Random(3)
    for _ in range(3 * MOST_SEARCHES):
        text = "".join(rng.choice("qxzwvkj") for _ in range(12))
        with pytest.raises(Nobody):
            finder.find(text)

    assert finder.searches == 3 * MOST_SEARCHES
    assert offered(finder, "Zoe Siva") == []  # no longer looked for
