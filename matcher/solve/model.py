"""The one CP-SAT model of an instance."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from threading import Event, Thread

import numpy as np
from ortools.sat.python import cp_model

from matcher.instance import Instance, Ints, Table, Term
from matcher.solve.result import Status, Stop
from matcher.solve.variables import Sum, Variables, cliques, interchangeable

_LARGEST = 2**53  # objective values up to here are exact in the doubles that CP-SAT reports
_POLL = 0.05  # seconds between two looks at `stop`


@dataclass(frozen=True)
class Outcome:
    """What one run of CP-SAT gave; ``bound`` is ``None`` when it proved nothing."""

    status: Status
    labels: Ints | None
    bound: int | None


def products(instance: Instance) -> int:
    """How many pair products the model of an instance needs."""
    worth = np.zeros((instance.members, instance.members), dtype=bool)
    for term in instance.terms:
        if term.pair is not None:
            worth |= term.pair != 0
    return int(np.count_nonzero(worth)) // 2 * instance.groups


class Model:
    """An instance as CP-SAT sees it: one method for each part of the normal form.

    Parameters
    ----------
    instance
        What is solved. Its weights must not be negative: values are modelled from one
        side, as what the objective pulls up.
    goals
        Whether the terms count; without them any legal plan is an optimum.
    """

    def __init__(self, instance: Instance, *, goals: bool = True) -> None:
        if instance.weakest < 0 or (instance.weights < 0).any():
            raise ValueError("The weights of groups and of the weakest group cannot be negative.")
        self.instance = instance
        self.model = cp_model.CpModel()
        self.variables = Variables(self.model, instance)
        self._products: dict[tuple[int, int, int], cp_model.IntVar] = {}
        self._counts: dict[tuple[bytes, int], list[cp_model.IntVar]] = {}
        self._scale, self._offset = 1, 0
        self._placed_once()
        self._sizes()
        self._apart()
        self._bounds()
        self._moves()
        if goals:
            self._symmetry()
            self._objective([self._value(g) for g in range(instance.groups)])

    # rules

    def _placed_once(self) -> None:
        for u in range(len(self.variables.units)):
            self.model.add_exactly_one(self.variables.seats(u))

    def _sizes(self) -> None:
        for g, size in enumerate(self.instance.sizes):
            self.model.add(self._heads(g, np.ones(self.instance.members, dtype=bool)) == int(size))

    def _heads(self, g: int, marked: np.ndarray) -> cp_model.LinearExpr:
        heads = np.bincount(self.variables.unit_of, weights=marked).astype(int).tolist()
        count = Sum()
        for u, seat in self.variables.inside(g):
            if heads[u]:
                count.add(heads[u], seat)
        return count.expression()

    def _apart(self) -> None:
        pairs = self.variables.unit_of[self.instance.apart]
        if (pairs[:, 0] == pairs[:, 1]).any():
            self.model.add_bool_or([])
        for clique in cliques({(int(min(p)), int(max(p))) for p in pairs if p[0] != p[1]}):
            for g in range(self.instance.groups):
                seats = [seat for u in clique if (seat := self.variables.seat(u, g)) is not None]
                if len(seats) > 1:
                    self.model.add_at_most_one(seats)

    def _bounds(self) -> None:
        for bound in self.instance.bounds:
            for g, size in enumerate(self.instance.sizes):
                least, most = int(bound.least[g]), int(bound.most[g])
                if least > 0 or most < size:
                    self.model.add_linear_constraint(self._heads(g, bound.marked), least, most)

    def _moves(self) -> None:
        """At most so many members are in another group than their home."""
        home, most = self.instance.home, self.instance.most_moves
        if home is None or most is None:
            return
        stays = Sum()
        for u, g, seat in self.variables.all():
            at_home = int(np.count_nonzero(home[self.variables.units[u]] == g))
            if at_home:
                stays.add(at_home, seat)
        self.model.add(stays.expression() >= int((home >= 0).sum()) - most)

    def _symmetry(self) -> None:
        """Interchangeable groups are ordered by their first unit."""
        for members in interchangeable(self.instance):
            for before, g in pairwise(members):
                earlier: list[cp_model.IntVar] = []
                for u in range(len(self.variables.units)):
                    seat = self.variables.seat(u, g)
                    if seat is not None:
                        self.model.add_bool_or([*earlier, ~seat])
                    seat = self.variables.seat(u, before)
                    if seat is not None:
                        earlier.append(seat)

    # goals

    def _value(self, g: int) -> Sum:
        """A group's value: the terms with a cap each on its own, the others in one sum."""
        value = Sum()
        plain = [term for term in self.instance.terms if term.cap is None]
        self._points(value, plain, [term.importance for term in plain], g)
        for term in self.instance.terms:
            if term.cap is not None:
                value.add(term.importance, self._capped(term, g))
        return value

    def _capped(self, term: Term, g: int) -> cp_model.IntVar:
        assert term.cap is not None
        points = Sum()
        self._points(points, [term], [1], g)
        expression = points.expression()
        lowest = points.constant + sum(f for f in points.factors if f < 0)
        capped = self.model.new_int_var(min(lowest, int(term.cap[g])), int(term.cap[g]), f"capped in {g}")
        self.model.add(capped <= expression)
        return capped

    def _points(self, value: Sum, terms: list[Term], importances: list[int], g: int) -> None:
        units, members = self.variables.units, self.instance.members
        pair = np.zeros((members, members), dtype=np.int64)
        place = np.zeros(members, dtype=np.int64)
        for term, importance in zip(terms, importances, strict=True):
            value.constant += importance * int(term.base[g])
            if term.pair is not None and term.factor is not None:
                pair += importance * int(term.factor[g]) * term.pair.astype(np.int64)
            if term.place is not None:
                place += importance * term.place[:, g]
            for table in term.tables:
                self._table(value, table, importance, g)
        for u, seat in self.variables.inside(g):
            unit = units[u]
            points = int(place[unit].sum()) + int(pair[np.ix_(unit, unit)].sum()) // 2
            if points:
                value.add(points, seat)
        between = np.add.reduceat(pair[np.concatenate(units)], np.cumsum([0, *map(len, units[:-1])]), axis=0)
        between = np.add.reduceat(
            between[:, np.concatenate(units)], np.cumsum([0, *map(len, units[:-1])]), axis=1
        )
        for u, v in np.argwhere(np.triu(between, 1)):
            product = self._product(int(u), int(v), g, upward=between[u, v] > 0)
            if product is not None:
                value.add(int(between[u, v]), product)

    def _product(self, u: int, v: int, g: int, *, upward: bool) -> cp_model.IntVar | None:
        """A boolean that is one when both units are in the group.

        ``upward`` says from which side the objective pulls at it: only the other needs
        a clause.
        """
        first, second = self.variables.seat(u, g), self.variables.seat(v, g)
        heads = len(self.variables.units[u]) + len(self.variables.units[v])
        if first is None or second is None or heads > self.instance.sizes[g]:
            return None
        both = self._products.get((u, v, g))
        if both is None:
            both = self._products[u, v, g] = self.model.new_bool_var(f"{u} with {v} in {g}")
        if upward:
            self.model.add_implication(both, first)
            self.model.add_implication(both, second)
        else:
            self.model.add_bool_or([~first, ~second, both])
        return both

    def _table(self, value: Sum, table: Table, importance: int, g: int) -> None:
        """Points by a count: what each further head changes, on a boolean "at least c"."""
        heads = min(int(table.marked.sum()), int(self.instance.sizes[g]))
        points = importance * table.points[g, : heads + 1].astype(np.int64)
        steps = np.diff(points)
        value.constant += int(points[0])
        if not steps.any():
            return
        if steps[0] > 0 and not steps[1:].any():
            value.add(int(steps[0]), self._somebody(table.marked, g))
            return
        for step, reached in zip(steps, self._count(table.marked, heads, g), strict=True):
            if step:
                value.add(int(step), reached)

    def _somebody(self, marked: np.ndarray, g: int) -> cp_model.IntVar:
        """At least one marked member in the group; a clause, as CP-SAT likes it best."""
        key = (b"some" + marked.tobytes(), g)
        if key not in self._counts:
            seats = [seat for u, seat in self.variables.inside(g) if marked[self.variables.units[u]].any()]
            somebody = self.model.new_bool_var(f"somebody in {g}")
            self.model.add_bool_or([*seats, ~somebody])
            self._counts[key] = [somebody]
        return self._counts[key][0]

    def _count(self, marked: np.ndarray, heads: int, g: int) -> list[cp_model.IntVar]:
        """Booleans "at least c marked members in the group" for c = 1 … heads."""
        key = (marked.tobytes(), g)
        if key not in self._counts:
            reached = [self.model.new_bool_var(f"at least {c + 1} in {g}") for c in range(heads)]
            self.model.add(cp_model.LinearExpr.sum(reached) == self._heads(g, marked))
            for fewer, more in pairwise(reached):
                self.model.add_implication(more, fewer)
            self._counts[key] = reached
        return self._counts[key]

    def _objective(self, values: list[Sum]) -> None:
        """Sum of the groups' values and the lowest of them, free of common factors."""
        inner = math.gcd(*(f for value in values for f in (value.constant, *value.factors))) or 1
        values = [value.divided(inner) for value in values]
        weights, weakest = [int(w) for w in self.instance.weights], self.instance.weakest
        outer = math.gcd(*weights, weakest) or 1
        self._scale = inner * outer
        total = Sum()
        for value, weight in zip(values, weights, strict=True):
            for factor, variable in zip(value.factors, value.variables, strict=True):
                total.add(factor * weight // outer, variable)
            self._offset += self._scale * value.constant * weight // outer
        if weakest:
            spans = [value.span() for value in values]
            lowest = self.model.new_int_var(min(s[0] for s in spans), min(s[1] for s in spans), "lowest")
            for value in values:
                self.model.add(lowest <= value.expression())
            total.add(weakest // outer, lowest)
        if max(map(abs, total.span())) >= _LARGEST:
            raise ValueError("The points are too large for an exact solve; use smaller numbers.")
        self.model.maximize(total.expression())

    # solving

    def hint(self, labels: Ints) -> None:
        """Start from a plan; to be called once."""
        labels = self.ordered(labels)
        for u, g, seat in self.variables.all():
            self.model.add_hint(seat, bool(labels[self.variables.units[u][0]] == g))
        for (u, v, g), both in self._products.items():
            first, second = self.variables.units[u][0], self.variables.units[v][0]
            self.model.add_hint(both, bool(labels[first] == g and labels[second] == g))

    def ordered(self, labels: Ints) -> Ints:
        """The same plan with interchangeable groups named in the model's order."""
        names = np.arange(self.instance.groups)
        for members in interchangeable(self.instance):
            first = {g: int(np.flatnonzero(labels == g)[0]) for g in members}
            for new, old in zip(members, sorted(members, key=first.__getitem__), strict=True):
                names[old] = new
        return names[labels]

    def solve(
        self,
        *,
        seconds: float,
        seed: int = 0,
        workers: int = 4,
        ended: Stop | None = None,
        on_labels: Callable[[Ints], None] | None = None,
        on_bound: Callable[[int], None] | None = None,
    ) -> Outcome:
        """Run CP-SAT; the callbacks come from its threads. Ends soon after ``ended()``."""
        solver = cp_model.CpSolver()
        solver.parameters.catch_sigint_signal = False  # its handler would end the whole process
        solver.parameters.max_time_in_seconds = max(seconds, 0.01)
        solver.parameters.random_seed = seed % 2**31
        solver.parameters.num_workers = workers
        if on_bound is not None:
            solver.best_bound_callback = lambda bound: on_bound(self._bound(bound))
        with stopping(solver, ended):
            found = solver.solve(self.model, _Reader(self, on_labels) if on_labels else None)
        status = {
            cp_model.OPTIMAL: Status.OPTIMAL,
            cp_model.FEASIBLE: Status.FEASIBLE,
            cp_model.INFEASIBLE: Status.INFEASIBLE,
            cp_model.UNKNOWN: Status.UNKNOWN,
        }[found]
        labels = self.labels(solver.boolean_value) if found in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
        bound = None if labels is None else self._bound(solver.best_objective_bound)
        return Outcome(status, labels, bound)

    def labels(self, value: Callable[[cp_model.IntVar], bool]) -> Ints:
        """Read a plan off the booleans."""
        labels = np.empty(self.instance.members, dtype=np.int64)
        for u, g, seat in self.variables.all():
            if value(seat):
                labels[self.variables.units[u]] = g
        return labels

    def _bound(self, reported: float) -> int:
        return self._scale * math.floor(reported + 1e-6) + self._offset


class _Reader(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: Model, on_labels: Callable[[Ints], None]) -> None:
        super().__init__()
        self._model, self._on_labels = model, on_labels

    def on_solution_callback(self) -> None:
        self._on_labels(self._model.labels(self.boolean_value))


@contextmanager
def stopping(solver: cp_model.CpSolver, ended: Stop | None) -> Iterator[None]:
    """Stop a search inside once ``ended()``; asked again, since a search not yet begun ignores it."""
    if ended is None:
        yield
        return
    done = Event()

    def watch() -> None:
        while not done.wait(_POLL):
            if ended():
                solver.stop_search()

    thread = Thread(target=watch, name="solve-stop", daemon=False)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def decide(
    instance: Instance, *, seed: int, seconds: float, workers: int = 4, stop: Stop | None = None
) -> tuple[Status, Ints | None]:
    """Whether a plan that keeps the rules exists, by CP-SAT: a status and labels."""
    outcome = Model(instance, goals=False).solve(seconds=seconds, seed=seed, workers=workers, ended=stop)
    return (Status.FEASIBLE if outcome.labels is not None else outcome.status), outcome.labels
