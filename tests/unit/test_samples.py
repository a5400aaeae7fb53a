"""The samples: they read without a word, and show what they are there to show."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from matcher.files import read_frictions, read_roster
from matcher.forming import form_duos
from matcher.goals.coverage import family_weights
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.friction import Severity
from matcher.rules import Pin, Together

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


@pytest.mark.parametrize(
    ("name", "members", "absent", "never", "avoid"), [("twelve", 12, 0, 2, 2), ("forty", 40, 1, 4, 5)]
)
def test_a_sample_reads_as_it_is_described(name: str, members: int, absent: int, never: int, avoid: int):
    roster = read_roster(SAMPLES / f"{name}.csv")
    frictions = read_frictions(SAMPLES / f"{name}_frictions.csv", roster)

    assert (len(roster.members), len(roster.absent)) == (members, absent)
    assert [f.severity for f in frictions].count(Severity.NEVER) == never
    assert [f.severity for f in frictions].count(Severity.AVOID) == avoid
    assert all(f.note for f in frictions)
    assert all(m.superpowers for m in roster.members)
    assert {"location", "seniority", "department"} <= set(roster.attributes)


@pytest.mark.parametrize("name", ["twelve.csv", "twelve_frictions.csv", "forty.csv", "forty_frictions.csv"])
def test_a_sample_is_plain_utf8_with_letters_from_many_places(name: str):
    raw = (SAMPLES / name).read_bytes()

    assert not raw.startswith(b"\xef\xbb\xbf")
    assert len({letter for letter in raw.decode("utf-8") if letter.isalpha() and not letter.isascii()}) > 3


def test_nobody_in_the_samples_can_be_written_to():
    assert all(m.email.endswith("@example.com") for m in read_roster(SAMPLES / "forty.csv").members)


def test_the_twelve_make_the_idea_plain():
    roster = read_roster(SAMPLES / "twelve.csv")
    holders = {
        power: [m for m in roster.members if power in m.superpowers] for power in roster.catalogue.by_id
    }
    tense = list(product(holders["peacemaking"], holders["provocation"]))
    softened = ["empathy" in (*a.superpowers, *b.superpowers) for a, b in tense]
    brief = Brief(roster, PlanKind.TEAMS, (Slot("Team 1", 12),))

    assert holders["systems_thinking"]
    assert holders["experimentation"]
    assert True in softened
    assert False in softened
    scarce = [family for family, weights in family_weights(brief).items() if sum(w > 0 for w in weights) == 1]
    assert scarce == ["steadiness"]


def test_duos_with_two_pins_and_a_block_of_two_are_proven_although_no_cut_is_violated():
    # Adding up the cuts of nothing once ended the solve with an error.
    roster = read_roster(SAMPLES / "forty.csv")
    a, b, c, d, *_ = (member.key for member in roster.present)
    rules = [Pin((a,), "Duo 1"), Pin((b,), "Duo 2"), Together((c, d))]

    plan = form_duos(roster, rules=rules, seconds=10)

    assert plan.status == "optimal"
    assert all(check.kept for check in plan.rules)
