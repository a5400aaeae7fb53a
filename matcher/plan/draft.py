"""A plan that is being changed by hand: every edit is scored at once and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.errors import InputError
from matcher.people.names import fold
from matcher.plan.checker import values_of
from matcher.plan.plan import Plan
from matcher.plan.standing import Standing, goals_on
from matcher.rules.sizes import size_range


@dataclass(frozen=True)
class Step:
    """One edit: in words, and as plain texts from which :meth:`PlanDraft.replay` does it again."""

    words: str
    parts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class PlanDraft(Standing):
    """A plan that is being changed by hand; each edit makes a new draft and leaves the old one as it is.

    Members are given by their keys, groups by their names. An edit may break rules: that is shown,
    never refused. Sizes are rules, so that a move may break one and a swap does not. Only groups
    whose members change are scored again.

    Parameters
    ----------
    step, before, after
        The last edit, the draft without it, and the one that was taken back from here.
    """

    step: Step | None = None
    before: PlanDraft | None = field(default=None, repr=False)
    after: PlanDraft | None = field(default=None, repr=False)

    @classmethod
    def of(cls, plan: Plan, size: int | str | tuple[int, int] | None = None) -> PlanDraft:
        """Return a plan as a draft without edits.

        Parameters
        ----------
        plan
            What to begin from.
        size
            The size of teams that the manager allows, as for ``form_teams``; without it the sizes
            that the plan has.
        """
        brief = plan.brief
        groups = tuple(tuple(sorted(brief.indices[key] for key in group.members)) for group in plan.groups)
        sizes = [*brief.sizes, *(size_range(size) if size is not None else ())]
        goals = goals_on(plan)
        values = tuple(values_of(brief, goals, group, slot) for slot, group in enumerate(groups))
        return cls(plan, brief, groups, values, (min(sizes), max(sizes)))

    # --- edits ------------------------------------------------------------------------------------

    def move(self, member: str, group: str) -> PlanDraft:
        """Return the draft with a member in another group.

        Raises
        ------
        InputError
            When there is no such member or group, the member is there already, or one of them is locked.
        """
        i, there = self.index(member), self.slot(group)
        here = self._free(i)
        to, name = self.brief.slots[there].name, self.brief.name(i)
        if here == there:
            raise InputError(f"{name} is in {to} already.")
        if to in self.locked_groups:
            raise InputError(f"{to} is locked, so nobody can come; unlock it first.")
        words = f"{name} moves from {self.brief.slots[here].name} to {to}."
        return self._with({i: there}, Step(words, ("move", member, to)))

    def swap(self, a: str, b: str) -> PlanDraft:
        """Return the draft with two members in each other's group.

        Raises
        ------
        InputError
            When there are no two such members, they share a group, or one of them is locked.
        """
        i, j = self.index(a), self.index(b)
        one, other = self._free(i), self._free(j)
        first, second = self.brief.name(i), self.brief.name(j)
        names = [self.brief.slots[slot].name for slot in (one, other)]
        if one == other:
            raise InputError(f"{first} and {second} are both in {names[0]}; choose people of two groups.")
        words = f"{first} ({names[0]}) and {second} ({names[1]}) swap places."
        return self._with({i: other, j: one}, Step(words, ("swap", a, b)))

    def add_group(self, name: str = "") -> PlanDraft:
        """Return the draft with one more group, in which nobody is yet.

        Raises
        ------
        InputError
            When the name is taken, the groups are projects, or there are too few people for one more.
        """
        slots, people = self.brief.slots, len(self.brief.members)
        word = self.brief.kind.word.capitalize()
        if self.brief.kind is PlanKind.PROJECTS:
            raise InputError("The groups are projects; add one to the table of projects and form again.")
        if people < 2 * (len(slots) + 1):
            raise InputError(
                f"{people} people are too few for {len(slots) + 1} groups of two or more; "
                f"stay with {len(slots)}, or add people to the roster."
            )
        numbers = (f"{word} {number}" for number in range(1, len(slots) + 2))
        name = " ".join(name.split()) or next(n for n in numbers if fold(n) not in self.brief.slot_numbers)
        if fold(name) in self.brief.slot_numbers:
            raise InputError(f"There is a group “{name}” already; choose another name.")
        brief = self.brief.with_slots((*slots, Slot(name, self.span[0])))
        step = Step(f"{name} is added.", ("add", name))
        return self._regrouped(brief, (*self.indices, ()), step)

    def remove_group(self, group: str) -> PlanDraft:
        """Return the draft without an empty group.

        Raises
        ------
        InputError
            When somebody is in the group, a rule names it, or it is a project.
        """
        gone = self.slot(group)
        name = self.brief.slots[gone].name
        if self.indices[gone]:
            raise InputError(f"Move everybody out of {name} first; only an empty group can be removed.")
        named = (fold(getattr(rule, "group", "")) for rule in self.sources)
        if self.brief.kind is PlanKind.PROJECTS or fold(name) in named:
            raise InputError(f"{name} cannot be removed: a rule or a project asks for it.")

        def kept(row: Sequence[Any]) -> tuple[Any, ...]:
            return tuple(row[:gone]) + tuple(row[gone + 1 :])

        brief = self.brief.with_slots(kept(self.brief.slots))
        step = Step(f"{name} is removed.", ("remove", name))
        return self._regrouped(brief, kept(self.indices), step)

    def replay(self, steps: Iterable[Sequence[str]]) -> PlanDraft:
        """Return the draft after further edits, given by their :attr:`Step.parts`."""
        edits: dict[str, Callable[..., PlanDraft]] = {
            "move": PlanDraft.move,
            "swap": PlanDraft.swap,
            "add": PlanDraft.add_group,
            "remove": PlanDraft.remove_group,
        }
        draft = self
        for kind, *given in steps:
            draft = edits[kind](draft, *given)
        return draft

    def _free(self, i: int) -> int:
        """Return the slot of a member who is not locked."""
        slot = self._home[i]
        name, member = self.brief.slots[slot].name, self.brief.name(i)
        if name in self.locked_groups:
            raise InputError(f"{name} is locked, so {member} stays there; unlock it first.")
        if self.brief.members[i].key in self.locked_members:
            raise InputError(f"{member} is locked in {name}; unlock {member} first.")
        return slot

    def _with(self, places: Mapping[int, int], step: Step) -> PlanDraft:
        groups, values = [list(group) for group in self.indices], list(self.values)
        for i, there in places.items():
            groups[self._home[i]].remove(i)
            groups[there].append(i)
        for slot in {*places.values(), *(self._home[i] for i in places)}:
            groups[slot].sort()
            values[slot] = values_of(self.brief, goals_on(self.plan), groups[slot], slot)
        return replace(
            self,
            indices=tuple(map(tuple, groups)),
            values=tuple(values),
            step=step,
            before=self,
            after=None,
        )

    def _regrouped(self, brief: Brief, groups: tuple[tuple[int, ...], ...], step: Step) -> PlanDraft:
        goals = goals_on(self.plan)  # how many groups there are has a say in what goals expect of each
        values = tuple(values_of(brief, goals, group, slot) for slot, group in enumerate(groups))
        return replace(self, brief=brief, indices=groups, values=values, step=step, before=self, after=None)

    # --- history and locks ------------------------------------------------------------------------

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was done, oldest first."""
        found, draft = [], self
        while draft.step and draft.before:
            found.append(draft.step)
            draft = draft.before
        return tuple(reversed(found))

    @property
    def start(self) -> PlanDraft:
        """The draft without any edit."""
        draft = self
        while draft.before:
            draft = draft.before
        return draft

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return self.before is not None

    @property
    def can_redo(self) -> bool:
        """Whether an edit was taken back and nothing was done since."""
        return self.after is not None

    def undo(self) -> PlanDraft:
        """Return the draft without its last edit; itself when there is none. Locks stay."""
        return self._locked_alike(replace(self.before, after=self)) if self.before else self

    def redo(self) -> PlanDraft:
        """Return the draft with the edit that was taken back last; itself when there is none. Locks stay."""
        return self._locked_alike(replace(self.after, before=self)) if self.after else self

    def lock_group(self, group: str) -> PlanDraft:
        """Return the draft with a group whose members stay and to which nobody comes."""
        return replace(self, locked_groups=self.locked_groups | {self.brief.slots[self.slot(group)].name})

    def unlock_group(self, group: str) -> PlanDraft:
        """Return the draft with a group that may change again."""
        return replace(self, locked_groups=self.locked_groups - {self.brief.slots[self.slot(group)].name})

    def lock_member(self, member: str) -> PlanDraft:
        """Return the draft with a member who stays in their group."""
        key = self.brief.members[self.index(member)].key
        return replace(self, locked_members=self.locked_members | {key})

    def unlock_member(self, member: str) -> PlanDraft:
        """Return the draft with a member who may move again."""
        key = self.brief.members[self.index(member)].key
        return replace(self, locked_members=self.locked_members - {key})

    def _locked_alike(self, other: PlanDraft) -> PlanDraft:
        names = {slot.name for slot in other.brief.slots}
        return replace(other, locked_groups=self.locked_groups & names, locked_members=self.locked_members)
