"""Forming: people, rules and goals become an instance, a solve, and a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Unpack, cast

from matcher.people.brief import PlanKind, Slot
from matcher.people.errors import InputError, Problem
from matcher.people.history import Round
from matcher.people.names import fold, listed
from matcher.people.project import Project
from matcher.people.roster import Roster, UnknownMember
from matcher.plan.former import carried_on
from matcher.plan.options import SECONDS, FormingProgress, Options, RoundOptions, checked_options
from matcher.plan.plan import Plan, RuleCheck
from matcher.plan.rotation import Rotation, RotationProgress, planned
from matcher.plan.task import Task
from matcher.rules import Needs, Pin, Rule, Together
from matcher.rules.project import project_rules, project_sizes
from matcher.rules.sizes import team_sizes

__all__ = [
    "SECONDS",
    "FormingProgress",
    "Options",
    "RoundOptions",
    "form_duos",
    "form_rounds",
    "form_teams",
    "score_plan",
    "staff_projects",
]


def form_duos(roster: Roster, **options: Unpack[Options]) -> Plan:
    """Return complementary duos; with an odd number of members one of the groups is a trio.

    Parameters
    ----------
    roster
        Who is there.
    **options
        See :class:`Options`.

    Raises
    ------
    InputError
        When what was given cannot be used.
    RulesConflict
        When the rules cannot all hold together.
    """
    options = checked_options(options)
    roster = _present(roster, options)
    return _form(PlanKind.DUOS, roster, _duos(roster), options)


def form_teams(
    roster: Roster,
    *,
    size: int | str | tuple[int, int] | None = None,
    count: int | None = None,
    **options: Unpack[Options],
) -> Plan:
    """Return balanced teams.

    Parameters
    ----------
    roster
        Who is there.
    size
        Members in a team: ``5`` (as near to five as the number of people allows), or ``"4-6"`` or
        ``(4, 6)`` (never fewer or more). ``4-6`` when neither size nor count is given.
    count
        How many teams, instead of a size; their sizes differ by one at most.
    **options
        See :class:`Options`.

    Raises
    ------
    InputError
        When what was given cannot be used.
    RulesConflict
        When the rules cannot all hold together.
    """
    options = checked_options(options)
    roster = _present(roster, options)
    return _form(PlanKind.TEAMS, roster, _teams(roster, size, count), options)


def form_rounds(
    roster: Roster,
    *,
    rounds: int,
    size: int | str | tuple[int, int] | None = None,
    count: int | None = None,
    avoid_past: bool = True,
    on_progress: Callable[[RotationProgress], None] | None = None,
    **options: Unpack[RoundOptions],
) -> Rotation:
    """Return plans for several rounds, with no two people together twice while that is possible.

    First come as many rounds without a repeat as are found, then rounds with few repeats; within that,
    the goals are met as well as they can be.

    Parameters
    ----------
    roster
        Who is there.
    rounds
        How many rounds; 1 or more.
    size, count
        As for :func:`form_teams`; without both of them each round has duos.
    avoid_past
        Whether being together in a round of ``history`` counts as well.
    on_progress
        Called with :class:`~matcher.plan.rotation.RotationProgress` while the rounds become better.
    **options
        See :class:`RoundOptions`; ``seconds`` is for all rounds together, 20 unless said.

    Raises
    ------
    InputError
        When what was given cannot be used.
    RulesConflict
        When the rules cannot all hold together in one round.
    """
    checked = checked_options(cast("Options", options))
    roster = _present(roster, checked)
    duos = size is None and count is None
    return planned(
        PlanKind.DUOS if duos else PlanKind.TEAMS,
        roster,
        _duos(roster) if duos else _teams(roster, size, count),
        checked,
        rounds=rounds,
        avoid_past=avoid_past,
        on_progress=on_progress,
    )


def staff_projects(roster: Roster, projects: Iterable[Project], **options: Unpack[Options]) -> Plan:
    """Return a team for each project, with everybody on exactly one.

    Sizes are chosen first, so that every project is filled to the same share of its range (see
    :func:`matcher.rules.project.project_sizes`); the lead counts among the members. Where other rules
    cannot hold with these sizes, the nearest sizes are taken with which they can.

    Parameters
    ----------
    roster
        Who is there.
    projects
        What takes people; leads and members by id, email or name.
    **options
        See :class:`Options`; groups in rules are called by the projects' names.

    Raises
    ------
    InputError
        When what was given cannot be used.
    RulesConflict
        When the rules cannot all hold together, or the projects take fewer people, or need more,
        than are present.
    """
    options = checked_options(options)
    roster = _present(roster, options)
    found = _projects(projects, roster)
    rules = options["rules"] = tuple(options.get("rules", ()))
    sizes = project_sizes(found, len(roster.present), _fixed(found, rules, roster))
    slots = [Slot(project.name, size) for project, size in zip(found, sizes, strict=True)]
    return _form(PlanKind.PROJECTS, roster, slots, options, found)


def score_plan(
    plan: Round,
    roster: Roster,
    *,
    kind: PlanKind | None = None,
    projects: Iterable[Project] = (),
    **options: Unpack[Options],
) -> Plan:
    """Return a plan that was made by hand or elsewhere, scored and explained like one of ours.

    Rules that it breaks are said in its ``rules``; whoever is present and in no group breaks the
    rule that everybody is placed.

    Parameters
    ----------
    plan
        Group names to the ids, emails or names of their members.
    roster
        Who is there.
    kind
        What the groups are; without it, projects when these are given, duos when all have two
        members but for one trio, else teams.
    projects
        What the groups were made for; each has a group of its name.
    **options
        See :class:`Options`; ``seconds`` limits the search for the bound.

    Raises
    ------
    InputError
        When what was given cannot be used, or the plan places nobody, somebody unknown, or somebody
        twice.
    """
    options = checked_options(options)
    roster = _present(roster, options)
    named = _placed(plan, roster)
    placed = {key for _, group in named for key in group}
    if not placed:
        raise InputError("The plan places nobody who is present on the roster.")
    left_out = [m for m in roster.present if m.key not in placed]
    found = _projects(projects, roster) if projects else ()
    kind = kind or (PlanKind.PROJECTS if found else PlanKind.of_sizes(len(group) for _, group in named))
    slots = [Slot(name, len(group)) for name, group in named]
    empty = [p.name for p in found if fold(p.name) not in {fold(slot.name) for slot in slots}]
    if empty:
        raise InputError(f"The plan has nobody on {listed(empty)}; add the group, or leave out the project.")
    task = Task.of(kind, roster.without(m.key for m in left_out), slots, options, found)
    groups = [tuple(sorted(task.brief.indices[key] for key in group)) for _, group in named]
    formed = task.rated(groups, complete=not left_out)
    if not left_out:
        return formed
    faults = tuple(f"{m.name} is present but in no group." for m in left_out)
    return replace(
        formed, rules=(RuleCheck("Everybody present is placed.", False, faults=faults), *formed.rules)
    )


def _duos(roster: Roster) -> list[Slot]:
    n = len(roster.present)
    trios = n % 2
    return [*(Slot(f"Duo {i + 1}", 2) for i in range((n - 3 * trios) // 2)), *[Slot("Trio 1", 3)] * trios]


def _teams(roster: Roster, size: int | str | tuple[int, int] | None, count: int | None) -> list[Slot]:
    sizes = team_sizes(len(roster.present), size=size, count=count)
    return [Slot(f"Team {i + 1}", s) for i, s in enumerate(sizes)]


def _form(
    kind: PlanKind,
    roster: Roster,
    slots: Sequence[Slot],
    options: Options,
    projects: Sequence[Project] = (),
) -> Plan:
    begun = options.get("start")
    if begun is not None and kind is not PlanKind.PROJECTS:
        slots = carried_on(slots, begun, roster)
    return Task.of(kind, roster, slots, options, projects).formed()


def _present(roster: Roster, options: Options) -> Roster:
    try:
        return roster.without(options.get("absent", ()))
    except UnknownMember as error:
        raise InputError(f"absent: {error}") from None


def _placed(plan: Round, roster: Roster) -> list[tuple[str, tuple[str, ...]]]:
    """Return the plan's groups with the keys of those who are present, without the empty ones."""
    groups, home = [], dict[str, str]()
    for name, references in plan.groups.items():
        keys = []
        for reference in references:
            try:
                member = roster.find(reference)
            except UnknownMember as error:
                raise InputError(f"{name}: {error}") from None
            if member.key in home:
                raise InputError(
                    f"{member.name} is in {home[member.key]} and again in {name}; leave them in one group."
                )
            home[member.key] = name
            if not member.absent:
                keys.append(member.key)
        if keys:
            groups.append((name, tuple(keys)))
    return groups


def _projects(projects: Iterable[Project], roster: Roster) -> tuple[Project, ...]:
    """Return the projects with their people by key, having checked all that they name."""
    found, problems, names = [], [], set[str]()
    for given in projects:
        if fold(given.name) in names:
            problems.append(Problem(f"The project “{given.name}” is there twice; rename one."))
            continue
        names.add(fold(given.name))
        try:
            project = given.found(roster)
            rules = project_rules(project)
        except (UnknownMember, ValueError) as error:
            problems.append(Problem(f"Project {given.name}: {error}"))
            continue
        needs = (rule for rule in rules if isinstance(rule, Needs))
        problems += [
            Problem(f"Project {given.name}: {unknown}") for need in needs if (unknown := need.unknown(roster))
        ]
        if project.lead and roster.find(project.lead).absent:
            lead = roster.find(project.lead).name
            problems.append(Problem(f"Project {given.name}: its lead {lead} is absent; name another lead."))
        found.append(project)
    if not names:
        problems.append(Problem("There is no project to staff; give at least one."))
    if problems:
        raise InputError.of(problems)
    return tuple(found)


def _fixed(projects: Sequence[Project], rules: Sequence[Rule], roster: Roster) -> dict[str, int]:
    """Return how many are on each project in any case: lead, members, pinned, and whoever goes with them."""
    present = {m.key for m in roster.present}

    def keys(rule: Pin | Together) -> set[str]:
        try:
            return {roster.find(member).key for member in rule.members} & present
        except UnknownMember as error:
            raise InputError(f"Rule “{rule.rule}”: {error}") from None

    blocks = [keys(rule) for rule in rules if isinstance(rule, Together)]
    counts = {}
    for project in projects:
        pins = [r for r in rules if isinstance(r, Pin) and fold(r.group) == fold(project.name)]
        people = ({project.lead, *project.members} & present).union(*map(keys, pins))
        while more := [block for block in blocks if block & people and not block <= people]:
            people.update(*more)
        counts[project.name] = len(people)
    return counts
