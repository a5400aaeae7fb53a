"""One forming: what is asked, in the manager's terms and as numbers, and how it becomes a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from time import perf_counter
from typing import Any

import numpy as np

from matcher.goals import IMPORTANCES, SCORED, Reason, importances
from matcher.instance import Ints
from matcher.people.brief import MEETING_HOURS, Brief, PlanKind, Slot
from matcher.people.errors import InputError, RulesConflict
from matcher.people.figures import figure
from matcher.people.friction import Friction, Severity
from matcher.people.names import counted, fold, listed
from matcher.people.project import Project
from matcher.people.roster import Roster, UnknownMember
from matcher.plan.baseline import Baseline, baseline
from matcher.plan.buddies import buddies
from matcher.plan.checker import Checked, check
from matcher.plan.explain import buddy_reason, first_exercise, reasons_why, talking_points
from matcher.plan.former import homes, settled
from matcher.plan.formulation import Formulation
from matcher.plan.options import SECONDS, FormingProgress, Options
from matcher.plan.plan import Group, Plan, RuleCheck
from matcher.plan.sizeless import contradicts_whatever_the_sizes
from matcher.rules import Groups, HardClash, Needs, Never, Pin, Rule, Sizes, Stay
from matcher.rules.needs import EVERY_GROUP, check_supply
from matcher.rules.project import project_rules
from matcher.solve import Progress, Solution, Status, legal_plan, solve
from matcher.solve.conflict import possible, smallest_conflict

CONFLICT_SECONDS = 4.0
"""How long the search for the smallest conflict may take; half as long for what to give up."""


@dataclass(frozen=True)
class Task:
    """One forming: what is asked, in both forms, and how to answer it."""

    brief: Brief
    rules: tuple[Rule, ...]
    formulation: Formulation
    importances: Mapping[str, str]
    options: Options

    @classmethod
    def of(
        cls,
        kind: PlanKind,
        roster: Roster,
        slots: Sequence[Slot],
        options: Options,
        projects: Sequence[Project] = (),
    ) -> Task:
        if len(roster.present) < 2:
            present = counted(len(roster.present), "person is", "people are")
            raise InputError(
                f"A plan needs two people or more, but {present} present. Add people to the roster."
            )
        columns = {fold(attribute): attribute for attribute in reversed(roster.attributes)}
        mix, not_alone = (
            tuple(columns.get(fold(attribute), attribute) for attribute in chosen)
            for chosen in (options.get("mix", ()), options.get("not_alone", ()))
        )
        for attribute in (*mix, *not_alone):
            if attribute not in roster.attributes:
                raise InputError(
                    f"The roster has no column “{attribute}”; "
                    + (
                        f"choose from {listed(roster.attributes, 'or')}."
                        if roster.attributes
                        else "it has none to choose."
                    )
                )
        frictions = tuple(_friction(f, roster) for f in options.get("frictions", ()))
        rounds = tuple(options.get("history", ()))
        try:
            brief = Brief(
                roster,
                kind,
                tuple(slots),
                frictions,
                rounds,
                tuple(projects),
                mix=mix,
                not_alone=not_alone,
                keep_pairs=options.get("keep", False),
                meeting_hours=options.get("meeting_hours", MEETING_HOURS),
            )
        except ValueError as error:
            raise InputError(str(error)) from None
        ready = {goal.name for goal in SCORED if not goal.lacks(brief)}
        chosen = importances(options.get("goals"), options.get("preset"), ready=ready)
        for goal in SCORED:
            if chosen[goal.name] != "off" and (lack := goal.lacks(brief)):
                raise InputError(f"The goal {goal.name} is on, but: {lack}")
        rules: list[Rule] = [Sizes(), *(Never(f) for f in frictions if f.severity is Severity.NEVER)]
        rules += [rule for project in projects for rule in project_rules(project)]
        rules += [_resolved(rule, brief) for rule in options.get("rules", ())]
        rules += _staying(brief, options)
        if not options.get("lift_hard_clash", False):
            rules.append(HardClash())
        applying = tuple(rule for rule in rules if rule.applies(brief))
        weights = {name: IMPORTANCES[importance] for name, importance in chosen.items()}
        return cls(brief, applying, Formulation(brief, applying, weights), chosen, options)

    @classmethod
    def again(cls, plan: Plan, rules: Sequence[Rule], options: Options) -> Task:
        """Return the task of forming a plan's groups once more, with these rules, from where it stands."""
        brief = plan.brief
        chosen: Mapping[str, str] = plan.settings["goals"]
        options = {**options, "start": plan}
        applying = tuple(rule for rule in (*rules, *_staying(brief, options)) if rule.applies(brief))
        weights = {name: IMPORTANCES[importance] for name, importance in chosen.items()}
        return cls(brief, applying, Formulation(brief, applying, weights), chosen, options)

    def solve(self, start: Ints | None) -> Solution:
        tell = self.options.get("on_progress")

        def progressed(progress: Progress) -> None:
            assert tell is not None
            formulation, brief, groups, placed = self.formulation, self.brief, None, None
            if progress.labels is not None:
                found = formulation.groups(progress.labels)
                groups = tuple(tuple(brief.name(i) for i in group) for group in found)
                keys = (tuple(brief.members[i].key for i in group) for group in found)
                placed = {slot.name: group for slot, group in zip(brief.slots, keys, strict=True)}
            score, bound = formulation.score(progress.objective), formulation.score(progress.bound)
            tell(FormingProgress(float(score), float(bound), progress.seconds, groups, placed))

        return solve(
            self.formulation.instance,
            start=start,
            seconds=self.options.get("seconds", SECONDS),
            seed=self.options.get("seed", 0),
            workers=self.options.get("workers"),
            on_progress=progressed if tell else None,
            stop=self.options.get("stop"),
        )

    def start(self) -> Ints | None:
        begun = self.options.get("start")
        if begun is None:
            return None
        home = homes(self.brief, begun)
        return np.array([home.get(member.key, -1) for member in self.brief.members], dtype=np.int64)

    def formed(self) -> Plan:
        """Solve, check and describe.

        Raises
        ------
        InputError
            When no plan was found in time.
        RulesConflict
            When the rules cannot all hold.
        """
        check_supply(self.rules, self.with_sizes(self.room()[1]))
        start = self.start()
        solution = self.solve(start)
        if solution.status is Status.INFEASIBLE:
            if other := self.resized():
                return other.formed()
            raise self.conflict()
        if solution.labels is None:
            raise InputError(
                f"No plan that keeps every rule was found in {solution.seconds:.0f} seconds, "
                "and none was ruled out. Allow more seconds, or give up a rule."
            )
        groups = self.formulation.groups(solution.labels)
        if start is not None:
            groups = settled(groups, start, self.formulation.instance.classes)
        checked = self.check(groups)
        if not checked.kept or checked.score != self.formulation.score(solution.objective):
            raise AssertionError(
                "The checker does not confirm the solver's plan; please report this with your files."
            )
        return self.plan(groups, checked, solution, float(self.formulation.score(solution.bound)))

    def rated(self, groups: Groups, *, complete: bool = True) -> Plan:
        """Describe groups that were made elsewhere; a solve gives the bound.

        They are called the best possible only when they are ``complete``: everybody present is in one.
        """
        checked = self.check(groups)
        solution = self.solve(self.formulation.labels(groups) if checked.kept else None)
        bound = checked.score
        if solution.labels is not None:
            bound = max(bound, self.formulation.score(solution.bound))
        proven = checked.kept and complete and bound == checked.score
        status = Status.OPTIMAL if proven else Status.FEASIBLE
        return self.plan(groups, checked, replace(solution, status=status), float(bound))

    def check(self, groups: Groups) -> Checked:
        return check(self.brief, self.rules, self.formulation.goals, self.formulation.importances, groups)

    def resized(self) -> Task | None:
        """Return the task with other sizes that the projects allow and the rules too, as near as can be."""
        sizes = np.array(self.brief.sizes)
        least, most = self.room()
        away = 1
        while not np.array_equal(least, most):
            near = np.maximum(least, sizes - away), np.minimum(most, sizes + away)
            found = legal_plan(self.formulation.roomy(self.rules, *near)).labels
            if found is not None:
                labels = found[: len(self.brief.members)]
                brief = self.with_sizes(np.bincount(labels, minlength=len(sizes)))
                formulation = Formulation(brief, self.rules, self.formulation.importances)
                return replace(self, brief=brief, formulation=formulation)
            if np.array_equal(near, (least, most)):
                break
            away *= 2
        return None

    def with_sizes(self, sizes: Ints) -> Brief:
        """Return the brief with other sizes of its groups."""
        slots = zip(self.brief.slots, sizes.tolist(), strict=True)
        return replace(self.brief, slots=tuple(replace(slot, size=size) for slot, size in slots))

    def room(self) -> tuple[Ints, Ints]:
        """Return the fewest and the most members that each group may have: only projects have a choice."""
        sizes = np.array(self.brief.sizes)
        ranges = {fold(project.name): (project.least, project.most) for project in self.brief.projects}
        named = [ranges.get(fold(slot.name), (slot.size, slot.size)) for slot in self.brief.slots]
        least, most = np.array(named).T
        return least, np.minimum(most, sizes.sum() - least.sum() + least)

    def conflict(self) -> RulesConflict:
        """Return the smallest set of rules that cannot hold together, and which of them to give up."""
        always, others = self.rules[:1], self.rules[1:]
        least, most = self.room()
        fixed = np.array_equal(least, most)

        def can_hold(rules: Sequence[Rule]) -> bool:
            kept, formulation = [*always, *rules], self.formulation
            instance = formulation.instance_with(kept) if fixed else formulation.roomy(kept, least, most)
            return possible(instance) is not False

        begun = perf_counter()
        fewest = smallest_conflict(others, can_hold, seconds=CONFLICT_SECONDS)
        minimal = perf_counter() - begun < CONFLICT_SECONDS
        scores = [self.score_without(rule, CONFLICT_SECONDS / 2 / len(fewest)) for rule in fewest]
        best = max(scores)
        cheapest = None if best == -inf else fewest[scores.index(best)]
        if cheapest is None:
            advice = "Give up one of them; another conflict may then stand in the way of a plan."
        else:
            rule = cheapest.sentence(self.brief)
            advice = f"Cheapest to give up: “{rule}” A plan then scores {figure(best)}."
        instance = self.formulation.instance_with([rule for rule in fewest if not isinstance(rule, Stay)])
        alone = contradicts_whatever_the_sizes(instance)
        rules = tuple(fewest) if alone else (*always, *fewest)
        sentences = [rule.sentence(self.brief) for rule in rules]
        return RulesConflict(sentences, [advice], minimal=minimal, rules=rules, cheapest=cheapest)

    def score_without(self, given_up: Rule, seconds: float) -> float:
        """Return the score of the best plan found without one rule in so many seconds; −∞ without any."""
        instance = self.formulation.instance_with([rule for rule in self.rules if rule is not given_up])
        found = solve(instance, seconds=seconds, workers=self.options.get("workers"))
        return -inf if found.labels is None else float(self.formulation.score(found.objective))

    def plan(
        self,
        groups: Groups,
        checked: Checked,
        solution: Solution,
        bound: float,
        chance: Baseline | None = None,
    ) -> Plan:
        """Return the plan that these groups are; ``chance`` is drawn unless it is known already."""
        brief, seed = self.brief, self.options.get("seed", 0)
        described = tuple(
            Group(
                name=slot.name,
                members=tuple(brief.members[i].key for i in group),
                score=float(score),
                goals={name: float(value) for name, value in values.items()},
                reasons=(*self._told(group, g)[0], *buddy_reason(brief, pairs)),
                points=self._told(group, g)[1],
                exercise=first_exercise(group),
                buddies=tuple(tuple(brief.members[i].key for i in pair) for pair in pairs),
            )
            for g, (slot, group, pairs, score, values) in enumerate(
                zip(brief.slots, groups, self.buddies(groups), checked.scores, checked.values, strict=True)
            )
        )
        return Plan(
            brief=brief,
            groups=described,
            status="optimal" if solution.status is Status.OPTIMAL else "feasible",
            score=float(checked.score),
            bound=bound,
            goals={name: float(value) for name, value in checked.goals.items()},
            rules=tuple(
                RuleCheck(rule.sentence(brief), not faults, rule.private, faults, rule)
                for rule, faults in checked.broken
            ),
            baseline=chance or baseline(self.formulation, checked.score, seed=seed),
            seconds=solution.seconds,
            seed=seed,
            settings=self.settings(),
            bound_by=solution.bound_by,
            asides={g.name: aside for g in self.formulation.goals if (aside := g.aside(brief, groups))},
        )

    def _told(self, group: Sequence[int], slot: int) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """Return why a group is as it is, and what it should talk about.

        Both are kept with the brief: a change by hand leaves most groups of a large plan as they were.
        """
        brief, goals = self.brief, self.formulation.goals
        kept: dict[object, tuple[tuple[Reason, ...], tuple[Reason, ...]]] = brief.memo("told", lambda _: {})
        key = (*(goal.name for goal in goals), slot, *group)
        if key not in kept:
            kept[key] = reasons_why(brief, goals, group, slot), talking_points(brief, goals, group)
        return kept[key]

    def buddies(self, groups: Groups) -> list[list[tuple[int, ...]]]:
        wanted = self.options.get("buddies", False) and self.brief.kind is not PlanKind.DUOS
        return [buddies(self.brief, group) if wanted else [] for group in groups]

    def settings(self) -> dict[str, Any]:
        return {
            "kind": str(self.brief.kind),
            "sizes": list(self.brief.sizes),
            "goals": dict(self.importances),
            "preset": self.options.get("preset"),
            "mix": list(self.brief.mix),
            "not_alone": list(self.brief.not_alone),
            "keep": self.brief.keep_pairs,
            "meeting_hours": self.brief.meeting_hours,
            "as_of": self.brief.as_of.isoformat(),
            "ranked": self.brief.roster.ranked,
            "buddies": self.options.get("buddies", False),
            "lift_hard_clash": self.options.get("lift_hard_clash", False),
            "move_at_most": self.options.get("move_at_most"),
            "lock": list(self.options.get("lock", ())),
            "absent": [m.key for m in self.brief.roster.absent],
            "frictions": len(self.brief.frictions),
            "rounds": len(self.brief.rounds),
            "seconds": self.options.get("seconds", SECONDS),
            "seed": self.options.get("seed", 0),
            "workers": self.options.get("workers"),
        }


def _staying(brief: Brief, options: Options) -> list[Rule]:
    """Return the rules that keep a former plan as it was, as far as the manager asks for it."""
    begun, most, locked = options.get("start"), options.get("move_at_most"), options.get("lock", ())
    if most is None and not locked:
        return []
    if begun is None:
        raise InputError("Give the plan to begin from: without it nobody can stay where they were.")
    home = homes(brief, begun)
    rules: list[Rule] = []
    for name in locked:
        place = brief.slot_numbers.get(fold(name))
        members = tuple(key for key, group in home.items() if group == place and key in brief.indices)
        if place is None or not members:
            raise InputError(f"There is no group “{name}” to lock in the plan to begin from.")
        rules.append(Pin(members, brief.slots[place].name))
    if most is not None:
        try:
            rules.append(Stay(home, most))
        except ValueError as error:
            raise InputError(str(error)) from None
    return rules


def _friction(given: Friction | tuple[str, ...], roster: Roster) -> Friction:
    if not isinstance(given, Friction) and not 2 <= len(given) <= 4:
        raise InputError(f"A friction is (a, b, severity, note), the last two optional; not {given!r}.")
    a, b, *rest = (given.a, given.b, given.severity, given.note) if isinstance(given, Friction) else given
    severity, note = (*rest, *("never", "")[len(rest) :])
    if severity not in tuple(Severity):
        raise InputError(f"Friction {a} – {b}: “{severity}” has to be {listed(Severity, 'or')}.")
    try:
        return Friction(roster.find(a).key, roster.find(b).key, Severity(severity), note)
    except (UnknownMember, ValueError) as error:
        raise InputError(f"Friction {a} – {b}: {error}") from None


def _resolved(rule: Rule, brief: Brief) -> Rule:
    """Return the rule with its members by key, having checked that all it names is there."""
    try:
        if members := getattr(rule, "members", ()):
            rule = replace(rule, members=tuple(brief.roster.find(m).key for m in members))  # type: ignore[type-var]
    except (UnknownMember, ValueError) as error:
        raise InputError(f"Rule “{rule.rule}”: {error}") from None
    groups = {*brief.slot_numbers, EVERY_GROUP} if isinstance(rule, Needs) else {*brief.slot_numbers}
    if isinstance(rule, Pin | Needs) and fold(rule.group) not in groups:
        raise InputError(
            f"Rule “{rule.rule}”: there is no group “{rule.group}”; "
            f"the groups are {brief.slots[0].name} to {brief.slots[-1].name}."
        )
    if isinstance(rule, Needs) and (unknown := rule.unknown(brief.roster)):
        raise InputError(f"Rule “{rule.rule}”: {unknown}")
    return rule
