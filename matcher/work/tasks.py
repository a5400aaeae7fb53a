"""Long work as data: what a job does, in a form that can be kept and done by another process."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from matcher.people.brief import PlanKind
from matcher.people.errors import InputError, RulesConflict
from matcher.people.history import Round
from matcher.people.names import fold
from matcher.people.project import Project
from matcher.people.roster import Roster
from matcher.rules import Rule
from matcher.work.settings import Again, Settings, lacking
from matcher.work.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.plan.options import FormingProgress
    from matcher.plan.plan import Plan
    from matcher.plan.questions import Answer
    from matcher.plan.rotation import Rotation
    from matcher.work.rotations import Asked
    from matcher.work.runs import Question


class Work(Protocol):
    """What a job does; a frozen dataclass, so that it can be kept."""

    def run(self, asked: Any, *, tell: Callable[..., None], stop: Callable[[], bool], workers: int) -> Any:
        """Do it and return what has come of it.

        Parameters
        ----------
        asked
            What the job was given to remember.
        tell
            Called with a :class:`~matcher.plan.options.FormingProgress` or a
            :class:`~matcher.plan.rotation.RotationProgress` whenever something better is found.
        stop
            Polled; once it returns true, the best so far is returned.
        workers
            Solver threads.

        Raises
        ------
        InputError
            When what was given cannot be used.
        RulesConflict
            When the rules cannot all hold together.
        """

    def resumed(self, best: FormingProgress) -> Work:
        """Return the same work, to be gone on with from the best that was found before."""

    def found(self, asked: Any, best: FormingProgress) -> Any:
        """Return what work that was cut off has come to: nothing, unless the best can stand for itself."""


@dataclass(frozen=True)
class _Whole:
    """Work that is done as a whole, or done again."""

    def resumed(self, best: FormingProgress) -> Any:
        """Return the work itself: it begins anew."""
        return self

    def found(self, asked: Any, best: FormingProgress) -> Any:
        """Return nothing."""
        return None


# --- forming --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Forming:
    """Forming what the settings of a workspace say.

    Parameters
    ----------
    begun
        Groups that were found before, to begin from; they bind to nothing.
    bound
        The most that any plan can score, as far as it was known then; ``None`` unless the same was asked.
    """

    begun: Round | None = None
    bound: float | None = None

    def run(
        self, asked: Workspace, *, tell: Callable[..., None], stop: Callable[[], bool], workers: int
    ) -> Plan:
        """Return the plan; see :class:`Work`."""
        from matcher.forming import form_duos, form_teams, staff_projects

        roster, settings = roster_of(asked), asked.settings
        options = forming_options(asked, settings, asked.again) | {
            "workers": workers,
            "on_progress": self._telling(tell),
            "stop": stop,
        }
        if asked.again is None and self.begun is not None:
            options["start"] = self.begun
        if settings.kind is PlanKind.DUOS:
            plan = form_duos(roster, **options)
        elif settings.kind is PlanKind.PROJECTS:
            plan = staff_projects(roster, asked.found_projects.value, **options)
        else:
            plan = form_teams(roster, **settings.sizing, **options)
        if self._alike({group.name: group.members for group in plan.groups}):
            plan = _bounded(plan, self.bound)
        return plan if asked.again is None else self._or_begun(plan, asked)

    def _telling(self, tell: Callable[..., None]) -> Callable[..., None]:
        """Return what tells with the bound that was known before, where that is the lower one."""
        if self.bound is None:
            return tell
        alike = False

        def lower(progress: FormingProgress) -> None:
            nonlocal alike
            if progress.placed is not None:
                alike = self._alike(progress.placed)
            bound = _lower(progress.score, progress.bound, self.bound if alike else None)
            tell(replace(progress, bound=bound))

        return lower

    def _alike(self, placed: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether groups are of the same people and sizes as those begun from: no bound holds for others."""
        if self.begun is None:
            return False
        groups = placed, self.begun.groups
        sizes, others = ({name: len(keys) for name, keys in each.items()} for each in groups)
        members, before = ({key for keys in each.values() for key in keys} for each in groups)
        return sizes == others and members == before

    def _or_begun(self, plan: Plan, asked: Workspace) -> Plan:
        """Return the better of a plan and the one to go on from: it began from another one, which binds."""
        from matcher.plan.options import FormingProgress

        if self.begun is None:
            return plan
        begun = FormingProgress(0.0, plan.bound, plan.seconds, placed=self.begun.groups)
        other = self.found(asked, begun)
        return plan if other is None or other.score <= plan.score else other

    def resumed(self, best: FormingProgress) -> Forming:
        """Return the forming that begins from these groups."""
        if best.placed is None:
            return self
        return replace(self, begun=Round(dict(best.placed)), bound=best.bound)

    def found(self, asked: Workspace, best: FormingProgress) -> Plan | None:
        """Return the plan that these groups are; ``None`` when it does not keep every rule.

        They are scored and checked anew. The bound is the one that was reached while they were sought,
        where no better one is found at once.
        """
        from matcher.forming import score_plan

        if best.placed is None:
            return None
        settings = asked.settings
        projects = asked.found_projects.value if settings.kind is PlanKind.PROJECTS else ()
        options = forming_options(asked, settings, asked.again) | {"seconds": 0.0, "workers": 1}
        groups = Round(dict(best.placed))
        try:
            plan = score_plan(groups, roster_of(asked), kind=settings.kind, projects=projects, **options)
        except (InputError, RulesConflict):
            return None
        if not all(check.kept for check in plan.rules):
            return None
        made = {**plan.settings, "seconds": float(settings.seconds)}
        return replace(_bounded(plan, best.bound), seconds=best.seconds, settings=made)


def _lower(score: float, bound: float, known: float | None) -> float:
    """Return the lower of a plan's bound and one that was known; a score above that one belies it."""
    return bound if known is None or known < score else min(bound, known)


def _bounded(plan: Plan, known: float | None) -> Plan:
    """Return a plan with the lower of its bound and one that was known; a score that reaches it is proven."""
    bound = _lower(plan.score, plan.bound, known)
    if bound == plan.bound:
        return plan
    return replace(plan, bound=bound, status="optimal" if bound == plan.score else plan.status)


@dataclass(frozen=True)
class Scoring(_Whole):
    """Scoring a plan that was made by hand or elsewhere.

    Parameters
    ----------
    plan
        Group names to the keys of their members.
    """

    plan: Round

    def run(
        self, asked: Workspace, *, tell: Callable[..., None], stop: Callable[[], bool], workers: int
    ) -> Plan:
        """Return the plan, scored; see :class:`Work`."""
        from matcher.forming import score_plan

        settings = asked.settings
        projects = projects_of(self.plan, asked.found_projects.value)
        options = forming_options(asked, settings) | {"workers": workers, "stop": stop}
        # no progress is told: it would show better plans, and this one is not looked for but given
        return score_plan(self.plan, roster_of(asked), kind=settings.kind, projects=projects, **options)


@dataclass(frozen=True)
class PlanningAhead(_Whole):
    """Planning several rounds at once."""

    def run(
        self, asked: Asked, *, tell: Callable[..., None], stop: Callable[[], bool], workers: int
    ) -> Rotation:
        """Return the rounds; see :class:`Work`."""
        from matcher.forming import form_rounds

        then, ahead = asked.then, asked.ahead
        options = forming_options(then, then.settings) | {"workers": workers, "stop": stop}
        del options["keep"]
        return form_rounds(
            roster_of(then),
            rounds=ahead.rounds,
            avoid_past=ahead.avoid_past,
            on_progress=tell,
            **then.settings.sizing,
            **options,
        )


def roster_of(asked: Workspace) -> Roster:
    """Return the roster that work is about.

    Raises
    ------
    InputError
        When there is none.
    """
    if asked.roster is None:
        raise InputError("Bring in a roster on the page People first.")
    return asked.roster


def round_of(plan: Plan) -> Round:
    """Return who is with whom in a plan."""
    return Round({group.name: group.members for group in plan.groups})


def projects_of(plan: Round, known: tuple[Project, ...]) -> tuple[Project, ...]:
    """Return the projects that a plan's groups are for; none unless every group is one."""
    by_name = {fold(project.name): project for project in known}
    found = tuple(by_name[fold(name)] for name in plan.groups if fold(name) in by_name)
    return found if len(found) == len(plan.groups) else ()


def forming_options(asked: Workspace, settings: Settings, again: Again | None = None) -> dict[str, Any]:
    """Return the options of forming, and of scoring, that tables and settings stand for."""
    roster, rounds = roster_of(asked), asked.history
    without = lacking(roster, settings.kind, asked.found_projects.value, rounds)
    return settings.options(without=without) | {
        "frictions": asked.found_frictions.value,
        "rules": (*asked.found_rules.value, *(again.stays(roster) if again else ())),
        "history": rounds,
        **(again.options if again else {}),
    }


# --- questions about a plan -----------------------------------------------------------------------


@dataclass(frozen=True)
class PriceOf(_Whole):
    """What the score of a plan could be without a rule.

    Parameters
    ----------
    plan
        The plan.
    place
        Which of its rules, in their order.
    """

    plan: Plan
    place: int

    def run(
        self, asked: Question, *, tell: Callable[..., None], stop: Callable[[], bool], workers: int
    ) -> Answer:
        """Return the answer; see :class:`Work`."""
        from matcher.plan.questions import price_of

        # the rule is told by its identity: two that say the same may stand in the tables
        rule = cast("Rule", self.plan.rules[self.place].source)
        return price_of(self.plan, rule, stop=stop, workers=workers, seconds=asked.seconds)


@dataclass(frozen=True)
class WhyNot(_Whole):
    """The best plan in which two members share a group.

    Parameters
    ----------
    plan
        The plan in which they do not.
    a, b
        Their keys.
    """

    plan: Plan
    a: str
    b: str

    def run(
        self, asked: Question, *, tell: Callable[..., None], stop: Callable[[], bool], workers: int
    ) -> Answer:
        """Return the answer; see :class:`Work`."""
        from matcher.plan.questions import why_not

        return why_not(self.plan, self.a, self.b, stop=stop, workers=workers, seconds=asked.seconds)


@dataclass(frozen=True)
class CostOf(_Whole):
    """The best plan in which one more rule holds.

    Parameters
    ----------
    plan
        The plan in which it does not.
    rule
        The rule.
    """

    plan: Plan
    rule: Rule

    def run(
        self, asked: Question, *, tell: Callable[..., None], stop: Callable[[], bool], workers: int
    ) -> Answer:
        """Return the answer; see :class:`Work`."""
        from matcher.plan.questions import cost_of

        return cost_of(self.plan, self.rule, stop=stop, workers=workers, seconds=asked.seconds)


@dataclass(frozen=True)
class Others(_Whole):
    """Other good plans that really differ.

    Parameters
    ----------
    plan
        What they are alternatives to.
    count, elsewhere, worse
        See :func:`matcher.plan.questions.alternatives`.
    """

    plan: Plan
    count: int
    elsewhere: int
    worse: float

    def run(
        self, asked: Question, *, tell: Callable[..., None], stop: Callable[[], bool], workers: int
    ) -> tuple[Plan, ...]:
        """Return the plans, the best first; see :class:`Work`."""
        from matcher.plan.questions import alternatives

        found = alternatives(
            self.plan,
            self.count,
            elsewhere=self.elsewhere,
            worse=self.worse,
            stop=stop,
            workers=workers,
            seconds=asked.seconds / self.count,
        )
        return tuple(found)
