"""Strengths in a column for each domain."""

from __future__ import annotations

import pytest

from matcher.files import load_roster
from matcher.files.strengths import strengths_of
from matcher.files.tables.choices import Choices
from tests.strategies_strengths import table_of, told_by

ROWS = """
Ada,Achiever; Focus,Command,Empathy,
Bo,,Woo,Harmony; Relator,Learner
Chi,Discipline,,Includer,"Ideation, Input"
"""


@pytest.mark.parametrize(
    "titles",
    [
        "Executing,Influencing,Relationship Building,Strategic Thinking",
        "Executing Themes,Influencing Themes,Relationship Building Themes,Strategic Thinking Themes",
        "EXECUTING (domain),INFLUENCING (domain),RELATIONSHIP BUILDING (domain),STRATEGIC THINKING (domain)",
    ],
)
def test_all_domains_are_read_and_none_is_a_place(titles: str):
    text = f"Name,{titles}\n{ROWS.strip()}"
    strengths = strengths_of(table_of(text))

    assert told_by(text) == {
        "Ada": ["Achiever", "Focus", "Command", "Empathy"],
        "Bo": ["Woo", "Harmony", "Relator", "Learner"],
        "Chi": ["Discipline", "Includer", "Ideation", "Input"],
    }
    assert (strengths.framework, strengths.ranked, strengths.sure) == ("CliftonStrengths", False, True)
    assert strengths.notes[0].endswith(
        "do not say which strength is the strongest, so the columns' order stands; "
        "say that the roster is unranked if it should not count."
    )


def test_a_domain_may_have_several_columns():
    text = "Name,Executing 1,Executing 2,Influencing 1\nAda,Achiever,Focus,Woo\nBo,Belief,,Command\n"

    assert told_by(text) == {"Ada": ["Achiever", "Focus", "Woo"], "Bo": ["Belief", "Command"]}


def test_virtues_are_domains_too():
    text = "Name,Wisdom,Courage\nAda,Creativity,Bravery\nBo,Curiosity; Judgment,Zest\n"

    assert told_by(text) == {"Ada": ["Creativity", "Bravery"], "Bo": ["Curiosity", "Judgment", "Zest"]}


def test_an_order_that_is_told_goes_before_the_domains():
    text = (
        "Name,Theme 1,Theme 2,Executing,Influencing\n"
        "Ada,Woo,Focus,Focus; Achiever,Woo\nBo,Belief,Command,Belief,Command\n"
    )

    assert told_by(text) == {"Ada": ["Woo", "Focus"], "Bo": ["Belief", "Command"]}


@pytest.mark.parametrize(
    "text",
    [
        "Name,Executing,Influencing\nAda,3,1\nBo,2,2\n",
        "Name,Executing,Influencing\nAda,well,hardly\nBo,hardly,well\n",
        "Name,Executing,Team\nAda,,Red\nBo,,Blue\n",
    ],
)
def test_domains_with_something_else_below_are_attributes(text: str):
    assert not strengths_of(table_of(text)).meanings


def test_another_framework_that_was_chosen_has_other_domains():
    table = table_of(f"Name,Executing,Influencing,Relationship Building,Strategic Thinking\n{ROWS.strip()}")

    assert strengths_of(table, choices=Choices(framework="VIA")).shape != "columns by domain"


def test_a_roster_by_domain_becomes_one_column_of_superpowers():
    text = f"Name,Executing,Influencing,Relationship Building,Strategic Thinking,Site\n{ROWS.strip()}"
    reading = load_roster(text.replace(",\nBo", ",,\nBo"), name="team.csv", accept=True)

    assert reading.problems == ()
    assert [len(member.superpowers) for member in reading.roster.members] == [4, 4, 4]
    assert reading.shape == "columns by domain"
    assert reading.standard.meant.count("superpowers") == 1
    assert not {"Executing", "Influencing"} & set(reading.roster.attributes)
