"""Whole files in the shapes that strengths come in, and the roster that each gives."""

from __future__ import annotations

import pytest

from matcher.files import load_roster
from matcher.files.strengths import default_frameworks

THEMES = [theme.name for theme in default_frameworks()[0].themes]
ROLES = [theme.name for theme in default_frameworks()[1].themes]


def members(text: str, *, accept: bool = True) -> dict[str, tuple[str, ...]]:
    return {m.name: m.superpowers for m in load_roster(text, accept=accept).roster.members}


def ranks(first: list[str]) -> str:
    order = first + [theme for theme in THEMES if theme not in first]
    return ",".join(str(order.index(theme) + 1) for theme in THEMES)


@pytest.mark.parametrize(
    ("text", "roster"),
    [
        pytest.param(
            "Name,Superpowers\nAnn Lee,Vision;Calm;Grit;\nBo Chen,Systems-thinking;EMPATHY;\n",
            {"Ann Lee": ("vision", "calm", "grit"), "Bo Chen": ("systems_thinking", "empathy")},
            id="a form's answers",
        ),
        pytest.param(
            'Name,Superpowers\nAnn Lee,"Visoin, Pecemaking and Grit"\n'
            "Bo Chen,Sistems thinking / Experimentaton\n",
            {
                "Ann Lee": ("vision", "peacemaking", "grit"),
                "Bo Chen": ("systems_thinking", "experimentation"),
            },
            id="typing errors",
        ),
        pytest.param(
            "Employee,Superpowers [Vision],Superpowers [Calm],Superpowers [Deep focus]\n"
            "Ann Lee,x,,x\nBo Chen,,x,\n",
            {"Ann Lee": ("vision", "deep_focus"), "Bo Chen": ("calm",)},
            id="a ticked grid",
        ),
        pytest.param(
            "Employee,Vision,Calm,Deep focus\nAnn Lee,2,3,1\nBo Chen,1,2,3\n",
            {"Ann Lee": ("deep_focus", "vision", "calm"), "Bo Chen": ("vision", "calm", "deep_focus")},
            id="a grid of ranks",
        ),
        pytest.param(
            "Name,Theme 1,Theme 2,Theme 3,Theme 4,Theme 5\n"
            "Ann Lee,Learner,Input,Relator,Self Assurance,Woo\n"
            "Bo Chen,1. Achiever,2. Maximiser,3. Individualisation,4. Context,5. Command\n",
            {
                "Ann Lee": ("curiosity", "empathy", "courage", "connecting"),
                "Bo Chen": ("grit", "developing", "orchestrating", "pattern_mapping", "decisiveness"),
            },
            id="five CliftonStrengths themes",
        ),
        pytest.param(
            f"Name,{','.join(THEMES)}\nAnn Lee,{ranks(['Input', 'Learner', 'Woo'])}\n"
            f"Bo Chen,{ranks(['Relator', 'Command', 'Empathy', 'Focus'])}\n",
            {},
            id="all 34 CliftonStrengths ranks",
        ),
        pytest.param(
            "User,Strength,Rank\nAnn Lee,Input,2\nBo Chen,Relator,1\nAnn Lee,Woo,1\nBo Chen,Focus,2\n"
            "Ann Lee,Learner,3\nBo Chen,Command,3\n",
            {
                "Ann Lee": ("connecting", "curiosity"),
                "Bo Chen": ("empathy", "deep_focus", "decisiveness"),
            },
            id="a row for each theme",
        ),
        pytest.param(
            "Rank,Ann Lee,Bo Chen\n1,Woo,Relator\n2,Input,Focus\n3,Learner,Command\n4,Harmony,Belief\n",
            {
                "Ann Lee": ("connecting", "curiosity", "peacemaking"),
                "Bo Chen": ("empathy", "deep_focus", "decisiveness", "values_compass"),
            },
            id="a column for each member",
        ),
        pytest.param(
            "氏名,Name,資質1,資質2\nx,Ann Lee,着想,収集心\ny,Bo Chen,社交性,ポジティブ\n",
            {"Ann Lee": ("creative_thinking", "curiosity"), "Bo Chen": ("connecting", "energy")},
            id="themes in Japanese",
        ),
        pytest.param(
            'Name,Preferred,Manageable,Least preferred\nAnn Lee,"PL, TW, CO","SH, RI",CF\n'
            'Bo Chen,"ME, SP",IMP,PL\n',
            {
                "Ann Lee": ("creative_thinking", "peacemaking", "orchestrating"),
                "Bo Chen": ("evidence", "deep_focus"),
            },
            id="Belbin's preferred roles",
        ),
        pytest.param(
            f"Name,{','.join(ROLES)}\nAnn Lee,12,3,0,4,5,0,0,0,0\nBo Chen,0,0,20,0,6,0,7,0,9\n",
            {
                "Ann Lee": ("creative_thinking", "evidence", "provocation", "connecting"),
                "Bo Chen": ("orchestrating", "deep_focus", "organising", "evidence"),
            },
            id="Belbin's raw scores",
        ),
        pytest.param(
            'Name,VIA strengths\nAnn Lee,"1. Judgement\n2. Humour\n3. Love"\n'
            'Bo Chen,"1. Appreciation of Beauty & Excellence\n2. Hope\n3. Kindness"\n',
            {"Ann Lee": ("evidence", "energy", "empathy"), "Bo Chen": ("finishing", "optimism", "empathy")},
            id="VIA's ranked lines",
        ),
        pytest.param(
            "Name,Team role\nAnn Lee,Thruster-Organizer\nBo Chen,Linker\n",
            {"Ann Lee": ("momentum",), "Bo Chen": ("orchestrating",)},
            id="one role of another framework",
        ),
    ],
)
def test_each_shape_gives_its_roster_when_the_mapping_is_accepted(
    text: str, roster: dict[str, tuple[str, ...]]
):
    found = members(text)

    if roster:
        assert found == roster
    else:  # 34 themes lead to 28 superpowers, each where its strongest theme stands
        assert {len(superpowers) for superpowers in found.values()} == {
            len({theme.superpower for theme in default_frameworks()[0].themes})
        }
        assert found["Ann Lee"][:2] == ("curiosity", "connecting")
        assert found["Bo Chen"][:3] == ("empathy", "decisiveness", "deep_focus")
    assert load_roster(text, accept=True).problems == ()


def test_nothing_is_mapped_unasked():
    text = "Name,Theme 1,Theme 2,Theme 3\nAnn Lee,Relator,Context,Achiever\nBo Chen,Visoin,Input,Belief\n"
    reading = load_roster(text)

    assert {m.name: m.superpowers for m in reading.roster.members} == {
        "Ann Lee": ("grit",),
        "Bo Chen": ("values_compass",),
    }
    assert len(reading.problems) == 2
    assert {p.text: p.superpower for p in reading.proposals} == {
        "Relator": "empathy",
        "Context": "pattern_mapping",
        "Visoin": "vision",
        "Input": "curiosity",
    }


def test_skills_are_kept_aside_without_far_fetched_suggestions():
    reading = load_roster("name,superpowers\nAnn,Flying; Calm\nBo,Python; Excel; Grit\n", accept=True)

    assert [m.superpowers for m in reading.roster.members] == [("calm",), ("grit",)]
    assert {unknown.text: unknown.nearest for unknown in reading.unknown} == {
        "Flying": (),
        "Python": (),
        "Excel": (),
    }
