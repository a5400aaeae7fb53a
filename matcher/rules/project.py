"""What projects ask for: how many people, who leads, who is on it in any case, which needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from matcher.instance import Draft
from matcher.people.brief import Brief
from matcher.people.errors import RulesConflict
from matcher.people.names import counted, listed
from matcher.people.project import Project
from matcher.rules.base import Groups, Rule
from matcher.rules.needs import Needs, parse_need
from matcher.rules.pin import Pin


@dataclass(frozen=True)
class Lead:
    """A member, given by their key, leads a project and so is on it."""

    member: str
    project: str
    rule: ClassVar[str] = "lead"
    private: ClassVar[bool] = False

    @property
    def _pin(self) -> Pin:
        return Pin((self.member,), self.project)

    def applies(self, brief: Brief) -> bool:
        return self._pin.applies(brief)

    def sentence(self, brief: Brief) -> str:
        return f"{brief.name(brief.indices[self.member])} leads {self.project}."

    def forbid(self, draft: Draft, brief: Brief) -> None:
        self._pin.forbid(draft, brief)

    def broken(self, groups: Groups, brief: Brief) -> list[str]:
        return self._pin.broken(groups, brief)


def project_rules(project: Project) -> list[Rule]:
    """Return the rules that a project brings.

    Raises
    ------
    ValueError
        When a need cannot be read.
    """
    rules: list[Rule] = [Lead(project.lead, project.name)] if project.lead else []
    if others := tuple(key for key in project.members if key != project.lead):
        rules.append(Pin(others, project.name))
    return rules + [Needs(project.name, "at least", *parse_need(need)) for need in project.needs]


def project_sizes(projects: Sequence[Project], members: int, fixed: Mapping[str, int]) -> list[int]:
    """Return how many people each project gets.

    Every project gets the fewest it takes and then the same share of what it can take beyond that,
    ``least + (most − least)·(members − Σ least) / Σ (most − least)``, rounded so that all are placed
    (largest remainders first, of equal ones the project that comes first). A project with more people
    fixed, or a need for more, than it takes at least, begins from that number.

    Parameters
    ----------
    projects
        What takes people.
    members
        How many are to be placed.
    fixed
        How many are on a project in any case, by its name; none when it is left out.

    Raises
    ------
    RulesConflict
        When the projects take fewer people, or need more, than are present.
    """
    least = []
    for project in projects:
        pinned = fixed.get(project.name, 0)
        if pinned > project.most:
            raise RulesConflict(
                [
                    f"{project.name} takes {project.sizes_text}.",
                    f"{counted(pinned, 'member is', 'members are')} on {project.name} in any case.",
                ],
                [f"Let {project.name} take {pinned}, or leave some of them free."],
            )
        needed = max((parse_need(need)[2] for need in project.needs), default=0)
        least.append(max(project.least, pinned, min(needed, project.most)))
    present = f"{counted(members, 'person is', 'people are')} present, and everybody is placed."
    if members < sum(least):
        each = listed(f"{project.name} {count}" for project, count in zip(projects, least, strict=True))
        raise RulesConflict(
            [f"The projects need {counted(sum(least), 'person', 'people')} or more in all: {each}.", present],
            ["Let projects take fewer people, leave one out, or add people."],
        )
    most = sum(project.most for project in projects)
    if members > most:
        each = listed(f"{project.name} {project.most}" for project in projects)
        raise RulesConflict(
            [f"The projects take at most {counted(most, 'person', 'people')} in all: {each}.", present],
            ["Let projects take more people, add a project, or mark people as absent."],
        )
    room = [project.most - count for project, count in zip(projects, least, strict=True)]
    spare, whole = members - sum(least), max(1, sum(room))
    sizes = [count + spare * r // whole for count, r in zip(least, room, strict=True)]
    by_remainder = sorted(range(len(projects)), key=lambda p: -(spare * room[p] % whole))
    for p in by_remainder[: members - sum(sizes)]:
        sizes[p] += 1
    return sizes
