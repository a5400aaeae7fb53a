from __future__ import annotations

from matcher.work.sheets import Sheet
from matcher.work.steps import MOST, MOST_CELLS, Step, trimmed
from matcher.work.workspace import Workspace


def test_only_so_many_steps_are_kept_the_latest():
    steps = tuple(Step(str(i), {}) for i in range(MOST + 5))
    assert [step.what for step in trimmed(steps)] == [str(i) for i in range(5, MOST + 5)]


def test_of_very_large_tables_fewer_steps_are_kept_but_always_the_last():
    def large() -> Sheet:
        return Sheet("t", ("a",) * 1000, (("",) * 1000,) * (MOST_CELLS // 1000 - 1))

    steps = tuple(Step(str(i), {"people": large()}) for i in range(3))
    assert [step.what for step in trimmed(steps)] == ["2"]


def test_a_table_that_several_steps_share_counts_once():
    sheet = Sheet("t", ("a",) * 1000, (("",) * 1000,) * (MOST_CELLS // 1000 - 1))
    steps = tuple(Step(str(i), {"people": sheet}) for i in range(3))
    assert trimmed(steps) == steps


def test_a_step_back_restores_what_it_changed_and_nothing_else():
    work = Workspace().changed("one", ranked=False)
    work = Workspace.changed(work, "two", people=Sheet("t", ("name",)))
    back = work.undone()
    assert (back.people, back.ranked) == (None, False)
    assert back.undone().ranked
    assert back.undone().done_again().done_again().people == work.people


def test_without_a_step_nothing_happens():
    work = Workspace()
    assert work.undone() is work
    assert work.done_again() is work
