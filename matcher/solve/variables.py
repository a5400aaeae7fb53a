"""What the model is made of: who sits where, sums under construction, and two structures of rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from matcher.instance import Instance
from matcher.solve.legal import units


@dataclass
class Sum:
    """A linear expression under construction."""

    constant: int = 0
    variables: list[cp_model.IntVar] = field(default_factory=list)
    factors: list[int] = field(default_factory=list)

    def add(self, factor: int, variable: cp_model.IntVar) -> None:
        self.variables.append(variable)
        self.factors.append(factor)

    def divided(self, divisor: int) -> Sum:
        return Sum(self.constant // divisor, self.variables, [f // divisor for f in self.factors])

    def span(self) -> tuple[int, int]:
        """Lowest and highest that the sum may reach."""
        low = high = self.constant
        for factor, variable in zip(self.factors, self.variables, strict=True):
            domain = variable.proto.domain
            ends = (factor * domain[0], factor * domain[len(domain) - 1])
            low, high = low + min(ends), high + max(ends)
        return low, high

    def expression(self) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum(self.variables, self.factors) + self.constant


class Variables:
    """Who sits where: one boolean for each unit and each group it may be placed in."""

    def __init__(self, model: cp_model.CpModel, instance: Instance) -> None:
        self.units = units(instance)
        self.unit_of = np.empty(instance.members, dtype=np.int64)
        self._seats: dict[tuple[int, int], cp_model.IntVar] = {}
        self._of: list[list[cp_model.IntVar]] = [[] for _ in self.units]
        self._in: list[list[tuple[int, cp_model.IntVar]]] = [[] for _ in range(instance.groups)]
        for u, unit in enumerate(self.units):
            self.unit_of[unit] = u
            fits = instance.allowed[unit].all(axis=0) & (instance.sizes >= len(unit))
            for g in np.flatnonzero(fits):
                self._seats[u, int(g)] = seat = model.new_bool_var(f"unit {u} in {g}")
                self._of[u].append(seat)
                self._in[g].append((u, seat))

    def seat(self, u: int, g: int) -> cp_model.IntVar | None:
        """The boolean "unit ``u`` is in group ``g``"; ``None`` where it may not be."""
        return self._seats.get((u, g))

    def seats(self, u: int) -> list[cp_model.IntVar]:
        """A unit's booleans."""
        return self._of[u]

    def inside(self, g: int) -> list[tuple[int, cp_model.IntVar]]:
        """The units that may be placed in a group, with their booleans."""
        return self._in[g]

    def all(self) -> Iterator[tuple[int, int, cp_model.IntVar]]:
        """Every unit, group and boolean."""
        for (u, g), seat in self._seats.items():
            yield u, g, seat


def interchangeable(instance: Instance) -> list[list[int]]:
    """Classes of two or more groups that may swap names."""
    classes: dict[int, list[int]] = {}
    for g, c in enumerate(instance.classes):
        if instance.sizes[g] > 0:
            classes.setdefault(int(c), []).append(g)
    return [groups for groups in classes.values() if len(groups) > 1]


def cliques(pairs: set[tuple[int, int]]) -> Iterator[list[int]]:
    """Cover the pairs by cliques, each grown greedily from a pair not yet covered."""
    near: dict[int, set[int]] = {}
    for u, v in pairs:
        near.setdefault(u, set()).add(v)
        near.setdefault(v, set()).add(u)
    left = set(pairs)
    for pair in sorted(pairs):
        if pair not in left:
            continue
        clique, common = list(pair), near[pair[0]] & near[pair[1]]
        while common:
            grown = max(common, key=lambda u: (len(near[u] & common), -u))
            clique.append(grown)
            common &= near[grown]
        left -= {(min(u, v), max(u, v)) for u in clique for v in clique}
        yield clique
