"""Names of those who are forgotten: they go as whole words, and nothing of others is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.forming import form_duos, score_plan
from matcher.people.history import Round
from matcher.people.member import Member
from matcher.people.names import fold
from matcher.people.roster import Roster
from matcher.work.bringing import bring_in
from matcher.work.forgetting import forget
from matcher.work.forgotten import Forgotten
from matcher.work.kept import Kept
from matcher.work.rounds import GroupNote
from matcher.work.settings import Settings
from matcher.work.sheets import Sheet
from matcher.work.workspace import Workspace
from tests.strategies_people import CATALOGUE
from tests.strategies_work import said


def _roster(names: list[str], ids: dict[str, str] | None = None) -> Roster:
    members = [Member(name, (s.id,)) for name, s in zip(names, CATALOGUE.superpowers * 9, strict=False)]
    return Roster(tuple(replace(m, id=(ids or {}).get(m.name, "")) for m in members), CATALOGUE)


def forgotten(name: str, *others: str, **fields: Any) -> Forgotten:
    return Forgotten.of(Member(name, **fields), [Member(other) for other in others])


@pytest.mark.parametrize(
    ("name", "others", "before", "after"),
    [
        (
            "Ann",
            ("Ann Lee", "Joann"),
            "Ann, Ann Lee, Joann and Ann-Marie.",
            "@, Ann Lee, Joann and Ann-Marie.",
        ),
        ("Ann", (), "Ann's calm × Ann’s ‘Ann’ (Ann)", "@'s calm × @’s ‘@’ (@)"),
        ("Ann Lee", ("Ann",), "ann  lee met Ann; Ann Leeds did not", "@ met Ann; Ann Leeds did not"),
        (
            "Will",
            ("Will Smith",),
            "Will will, Will Smith will not. Goodwill",
            "@ will, Will Smith will not. Goodwill",
        ),
        ("May", ("Mayumi",), "You may ask May or Mayumi.", "You may ask @ or Mayumi."),
        ("Zoë", (), "Zoë, Zoe\u0308 and Zoe", "@, @ and Zoe"),
        ("Smith, Jo (HR)", (), "With Smith, Jo (HR)?", "With @?"),
        ("José", ("José María",), "José María and José", "José María and @"),
        ("小林", ("小林 花",), "小林 花 / 小林", "小林 花 / @"),
        ("A.", (), "A. and B. are A.", "@ and B. are @"),
    ],
)
def test_a_name_goes_as_a_whole_word_and_never_out_of_another_name(
    name: str, others: tuple[str, ...], before: str, after: str
):
    assert forgotten(name, *others).text(before) == after.replace("@", "Former member 1")


def test_a_number_for_an_id_takes_no_other_number_with_it():
    who = forgotten("Ann", "Bo", id="7", email="ann@x.org")

    assert who.text("Ann (7) has 7 of 17 points; joann@x.org, mary.ann@x.org") == (
        "Former member 1 has 7 of 17 points; joann@x.org, mary.ann@x.org"
    )
    assert who.key("7") == "Former member 1"
    people = Sheet(
        "p", ("id", "name", "level", "turns to"), (("7", "Ann", "3", ""), ("8", "Bo", "7", "7; 9"))
    )
    now = Workspace(people=people, settings=Settings(absent=("7",)))
    assert forget(now, who).people == replace(people, rows=(("8", "Bo", "7", "9"),), numbers=(3,))


def test_of_two_with_one_name_only_the_one_that_is_meant_goes():
    members = (Member("Ann", ("calm",), "a-1"), Member("Ann", ("vision",), "a-2"), Member("Bo", (), "b-1"))
    roster = replace(_roster([]), members=members)
    plan = score_plan(
        Round({"One": ("a-1", "a-2", "b-1")}), roster, frictions=[("a-1", "b-1", "avoid")], seconds=0
    )
    who = Forgotten.of(members[0], members)

    after = forget(plan, who)

    assert [m.key for m in after.brief.roster.members] == ["Former member 1", "a-2", "b-1"]
    assert [m.name for m in after.brief.roster.members] == ["Former member 1", "Ann", "Bo"]
    assert who.text("Ann (a-1), Ann (a-2) and Ann") == "Former member 1, Ann (a-2) and Ann"
    assert "a-1" not in said(after)


def test_who_had_another_name_in_a_former_plan_is_forgotten_under_both():
    roster = _roster(["Ann Old", "Bo"], {"Ann Old": "a-1"})
    plan = score_plan(Round({"One": ("a-1", "Bo")}), roster, seconds=0)

    after = forget(plan, forgotten("Ann New", "Bo", id="a-1"))

    assert "old" not in said(after)
    assert after.brief.roster.members[0].name == "Former member 1"


def test_a_first_name_goes_from_remarks_unless_somebody_else_has_it():
    note = GroupNote("One", remark="Ann helped. Planning went well.")

    assert forget(note, forgotten("Ann Lee", "Bo")).remark == "Former member 1 helped. Planning went well."
    assert forget(note, forgotten("Ann Lee", "Lou Ann")).remark == note.remark


def test_words_of_the_catalogue_stay_whatever_a_member_is_called():
    now = bring_in(
        Workspace(), "name,superpowers\nCalm,Calm; Vision\nBo,Calm; Energy\nVision,Calm\n", "x.csv"
    )
    assert now.roster is not None
    plan = form_duos(now.roster, seconds=1, workers=1)

    after = forget(replace(now, kept=(Kept("k", plan, now),)), forgotten("Calm", "Bo", "Vision"))

    assert after.people is not None
    assert after.people.rows == (("Bo", "Calm; Energy"), ("Vision", "Calm"))
    assert after.kept[0].plan.brief.roster.catalogue is plan.brief.roster.catalogue
    assert after.kept[0].plan.goals == plan.goals


WORDS = st.sampled_from(["Ann", "Lee", "May", "Will", "Jo", "Mary", "de", "O'Neil", "Ann-Marie", "Ö", "7"])


NAMES = st.lists(
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=3, max_size=7, unique_by=fold
)


@settings(max_examples=12)
@given(NAMES, st.data())
def test_whatever_they_are_called_the_others_stay_and_they_are_gone(names: list[str], data: st.DataObject):
    ids = {name: f"id-{i}" for i, name in enumerate(names) if data.draw(st.booleans())}
    roster = _roster(names, ids)
    keys = [m.key for m in roster.members]
    cut = data.draw(st.integers(1, len(keys) - 1))
    plan = score_plan(
        Round({"One": tuple(keys[:cut]), "Two": tuple(keys[cut:])}),
        roster,
        frictions=[(keys[0], keys[1], "avoid", f"{names[2]} said so about {names[0]}")],
        seconds=0,
    )
    gone = data.draw(st.sampled_from(roster.members))

    after = forget(plan, Forgotten.of(gone, roster.members))

    kept = [m for m in roster.members if m is not gone]
    assert [m for m in after.brief.roster.members if m.name != "Former member 1"] == kept
    assert after.score == plan.score
    # every other name is told as often as before, and theirs only inside of others'
    ours = said(after)
    for other in sorted((m.name for m in kept), key=len, reverse=True):
        ours = ours.replace(fold(other), "·")
    spelled = re.escape(gone.name) if " " not in gone.name else re.escape(fold(gone.name))
    found = re.search(rf"(?<![\w'-]){spelled.casefold()}(?![\w'-])", _sentences(ours))
    assert gone.name.casefold() in ("may", "will", "de", "7") or found is None
    assert not gone.id or gone.id not in ours


def _sentences(text: str) -> str:
    """The text without the catalogue, which has words of its own."""
    return "\n".join(line for line in text.splitlines() if not line.startswith('{"catalogue"'))
