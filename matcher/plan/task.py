"""One forming: what is asked, in the manager's terms and as numbers, and how it becomes a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matcher.goals import IMPORTANCES, SCORED, importances
from matcher.instance import Ints
from matcher.people.brief import Brief, PlanKind, Slot
from matcher.people.errors import InputError, RulesConflict
from matcher.people.friction import Friction, Severity
from matcher.people.names import counted, fold, listed
from matcher.people.roster import Roster, UnknownMember
from matcher.plan.baseline import baseline
from matcher.plan.checker import Checked, check
from matcher.plan.explain import first_exercise, reasons_why, talking_points
from matcher.plan.formulation import Formulation
from matcher.plan.options import SECONDS, FormingProgress, Options
from matcher.plan.plan import Group, Plan, RuleCheck
from matcher.rules import Groups, HardClash, Needs, Never, Pin, Rule, Sizes
from matcher.rules.needs import EVERY_GROUP
from matcher.solve import Progress, Solution, Status, solve
from matcher.solve.conflict import possible, smallest_conflict


@dataclass(frozen=True)
class Task:
    """One forming: what is asked, in both forms, and how to answer it."""

    brief: Brief
    rules: tuple[Rule, ...]
    formulation: Formulation
    importances: Mapping[str, str]
    options: Options

    @classmethod
    def of(cls, kind: PlanKind, roster: Roster, slots: Sequence[Slot], options: Options) -> Task:
        if len(roster.present) < 2:
            present = counted(len(roster.present), "person is", "people are")
            raise InputError(
                f"A plan needs two people or more, but {present} present. Add people to the roster."
            )
        mix, not_alone = tuple(options.get("mix", ())), tuple(options.get("not_alone", ()))
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
        brief = Brief(roster, kind, tuple(slots), frictions, rounds, mix=mix, not_alone=not_alone)
        chosen = importances(options.get("goals"), options.get("preset"), mix=mix)
        for goal in SCORED:
            if chosen[goal.name] != "off" and (lack := goal.lacks(brief)):
                raise InputError(f"The goal {goal.name} is on, but: {lack}")
        rules: list[Rule] = [Sizes(), *(Never(f) for f in frictions if f.severity is Severity.NEVER)]
        rules += [_resolved(rule, brief) for rule in options.get("rules", ())]
        if not options.get("lift_hard_clash", False):
            rules.append(HardClash())
        applying = tuple(rule for rule in rules if rule.applies(brief))
        weights = {name: IMPORTANCES[importance] for name, importance in chosen.items()}
        return cls(brief, applying, Formulation(brief, applying, weights), chosen, options)

    def solve(self, start: Ints | None) -> Solution:
        tell = self.options.get("on_progress")

        def progressed(progress: Progress) -> None:
            assert tell is not None
            formulation, groups = self.formulation, None
            if progress.labels is not None:
                found = formulation.groups(progress.labels)
                groups = tuple(tuple(self.brief.name(i) for i in group) for group in found)
            score, bound = formulation.score(progress.objective), formulation.score(progress.bound)
            tell(FormingProgress(float(score), float(bound), progress.seconds, groups))

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
        former = {g.name: g.members for g in begun.groups} if isinstance(begun, Plan) else begun.groups
        groups: list[tuple[int, ...]] = [()] * len(self.brief.slots)
        free = [g for g, slot in enumerate(self.brief.slots) if slot.name not in former]
        for name, members in former.items():
            place = self.brief.slot_numbers.get(fold(name), free.pop(0) if free else None)
            if place is not None:
                groups[place] = self.brief.present(tuple(members))
        return self.formulation.labels(groups)

    def check(self, groups: Groups) -> Checked:
        return check(self.brief, self.rules, self.formulation.goals, self.formulation.importances, groups)

    def conflict(self) -> RulesConflict:
        always, others = self.rules[:1], self.rules[1:]

        def can_hold(rules: Sequence[Rule]) -> bool:
            return possible(self.formulation.instance_with([*always, *rules])) is not False

        fewest = smallest_conflict(others, can_hold, seconds=5.0)
        return RulesConflict(
            [rule.sentence(self.brief) for rule in (*always, *fewest)],
            ["Give up any one of them, and a plan exists."],
            minimal=True,
        )

    def plan(self, groups: Groups, checked: Checked, solution: Solution, bound: float) -> Plan:
        brief, seed = self.brief, self.options.get("seed", 0)
        described = tuple(
            Group(
                name=slot.name,
                members=tuple(brief.members[i].key for i in group),
                score=float(score),
                goals={name: float(value) for name, value in values.items()},
                reasons=reasons_why(brief, self.formulation.goals, group),
                points=talking_points(brief, self.formulation.goals, group),
                exercise=first_exercise(brief, group),
            )
            for slot, group, score, values in zip(
                brief.slots, groups, checked.scores, checked.values, strict=True
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
                RuleCheck(rule.sentence(brief), not faults, rule.private, faults)
                for rule, faults in checked.broken
            ),
            baseline=baseline(self.formulation, checked.score, seed=seed),
            seconds=solution.seconds,
            seed=seed,
            settings=self.settings(),
            bound_by=solution.bound_by,
        )

    def settings(self) -> dict[str, Any]:
        return {
            "kind": str(self.brief.kind),
            "sizes": list(self.brief.sizes),
            "goals": dict(self.importances),
            "preset": self.options.get("preset"),
            "mix": list(self.brief.mix),
            "not_alone": list(self.brief.not_alone),
            "ranked": self.brief.roster.ranked,
            "lift_hard_clash": self.options.get("lift_hard_clash", False),
            "absent": [m.key for m in self.brief.roster.absent],
            "frictions": len(self.brief.frictions),
            "rounds": len(self.brief.rounds),
            "seconds": self.options.get("seconds", SECONDS),
            "seed": self.options.get("seed", 0),
            "workers": self.options.get("workers"),
        }


def _friction(given: Friction | tuple[str, ...], roster: Roster) -> Friction:
    a, b, severity, note, *_ = (
        (given.a, given.b, given.severity, given.note)
        if isinstance(given, Friction)
        else (*given, "never", "")[:4]
    )
    try:
        return Friction(roster.find(a).key, roster.find(b).key, Severity(severity), note)
    except (UnknownMember, ValueError) as error:
        raise InputError(f"Friction {a} – {b}: {error}") from None


def _resolved(rule: Rule, brief: Brief) -> Rule:
    """Return the rule with its members by key, having checked that all it names is there."""
    try:
        if members := getattr(rule, "members", ()):
            rule = replace(rule, members=tuple(brief.roster.find(m).key for m in members))  # type: ignore[type-var]
    except UnknownMember as error:
        raise InputError(f"Rule “{rule.rule}”: {error}") from None
    if isinstance(rule, Pin | Needs) and fold(rule.group) not in (*brief.slot_numbers, EVERY_GROUP):
        raise InputError(
            f"Rule “{rule.rule}”: there is no group “{rule.group}”; "
            f"the groups are {brief.slots[0].name} to {brief.slots[-1].name}."
        )
    return rule
