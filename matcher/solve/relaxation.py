"""The linear relaxation of choosing teams from a list, and exact bounds from its prices.

A fractional plan takes parts of teams so that everybody is in one team's worth of teams.
The weakest group takes part through one row for each member: the lowest value ``t`` is at
most the value of the member's own team.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_array, vstack

from matcher.instance import Instance, Ints
from matcher.solve.columns import Columns
from matcher.solve.result import Stop

_BITS = 61  # of the integers in which prices are summed
_CHUNK = 500_000  # teams priced between two looks at `ended`
_OUT_OF_TIME = 1  # what `linprog` calls it
_MISSING = 50.0  # cost of leaving a member out, as a multiple of the most that a team is worth

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fractional:
    """An optimum of the linear program over some teams.

    Parameters
    ----------
    taken
        How much of each team is taken, by class.
    lowest
        The value ``t`` that stands for the weakest group's.
    member, weakest
        ``(n,)`` float prices: of placing each member, and of each member's row of ``t``.
    move
        Price of moving a member, if only so many may move.
    """

    taken: list[Floats]
    lowest: float
    member: Floats
    weakest: Floats
    move: float


class Relaxation:
    """The linear program and its exact bounds, for one instance and its list of teams.

    Parameters
    ----------
    instance
        What is to be filled.
    columns
        Every team that may be chosen, by class; no class without teams.
    empty
        Values of the groups without seats.
    """

    def __init__(self, instance: Instance, columns: list[Columns], empty: Ints) -> None:
        self.instance, self.columns = instance, columns
        self.weights = [int(instance.weights[c.groups[0]]) for c in columns]
        self.count = np.array([len(c.groups) for c in columns])
        self.most_moves = np.array([m for m in (instance.most_moves,) if m is not None], dtype=np.int64)
        self.constant = int(instance.weights[instance.sizes == 0] @ empty)
        self.largest = max(1, *(int(np.abs(c.values).max()) for c in columns))

    def solve(self, chosen: list[Ints], least: int, most: int, seconds: float) -> Fractional | None:
        """Solve the linear program over the chosen teams, the lowest value between two limits.

        ``None`` when that takes longer than so many seconds.
        """
        n, classes, weakest = self.instance.members, len(self.columns), self.instance.weakest
        parts = list(zip(self.columns, chosen, strict=True))
        heads = np.concatenate([np.full(len(j), c.teams.shape[1]) for c, j in parts])
        member = np.concatenate([c.teams[j].ravel() for c, j in parts]).astype(np.int64)
        value = np.concatenate([c.values[j] for c, j in parts]) / self.largest
        kind = np.repeat(np.arange(classes), [len(j) for j in chosen])
        teams = len(value)
        team = np.arange(teams)
        inside = np.repeat(team, heads)
        rows = n + classes  # each has a variable for what is missing, behind the teams and before t
        width = teams + rows + 1
        once = csc_array(
            (np.ones(len(member) + teams + rows),
             (np.concatenate([member, n + kind, np.arange(rows)]),
              np.concatenate([inside, team, teams + np.arange(rows)]))),
            shape=(rows, width),
        )  # fmt: skip
        lowest = csc_array(
            (np.concatenate([-value[inside], np.full(n, -2.0), np.ones(n)]),
             (np.concatenate([member, np.arange(n), np.arange(n)]),
              np.concatenate([inside, teams + np.arange(n), np.full(n, width - 1)]))),
            shape=(n, width),
        )  # fmt: skip
        moved = np.concatenate([c.moved[j] for c, j in parts])
        moves = csc_array(np.append(moved, np.zeros(rows + 1))[None, :][: len(self.most_moves)])
        members = n if weakest else 0
        limited = vstack([lowest[:members], moves], format="csc")
        share = 1 / (sum(self.weights) + weakest)  # keeps the numbers near one
        worth = share * np.concatenate([
            np.array(self.weights)[kind] * value, np.full(rows, -_MISSING / share), [weakest]
        ])  # fmt: skip
        limits = np.zeros((width, 2))
        limits[:, 1] = np.inf
        limits[-1] = least / self.largest, most / self.largest
        solved = linprog(
            -worth, A_ub=limited, b_ub=np.concatenate([np.zeros(members), self.most_moves]),
            A_eq=once, b_eq=np.append(np.ones(n), self.count), bounds=limits, method="highs-ds",
            options={"time_limit": max(seconds, 0.01)},
        )  # fmt: skip
        if solved.status == _OUT_OF_TIME:
            return None
        if solved.status != 0:
            raise RuntimeError(f"The linear program of the teams was not solved: {solved.message}")
        return Fractional(
            taken=np.split(solved.x[:teams], np.cumsum([len(j) for j in chosen])[:-1]),
            lowest=float(solved.x[-1]) * self.largest,
            member=-solved.eqlin.marginals[:n] * self.largest / share,
            weakest=-solved.ineqlin.marginals[:members] / share if weakest else np.zeros(n),
            move=float(-solved.ineqlin.marginals[members:].sum()) * self.largest / share,
        )

    def bound(
        self, prices: Fractional, alive: list[Ints], most: int, ended: Stop
    ) -> tuple[int, int, list[Ints]] | None:
        """Exact bounds at the prices of a solved linear program, rounded to integers.

        For any member prices ``π`` and ``μ ≥ 0`` with ``Σ μ ≤ weakest``, a plan is worth at
        most ``Σ π_i + Σ (its teams' gains) + (weakest - Σ μ)·most``, where a team's gain is
        ``V·(weight + Σ μ_i) - Σ π_i`` over its members. With a limit on who may move, any price
        ``ρ ≥ 0`` of a move adds ``ρ`` for each that may and takes ``ρ`` for each in a team.

        Parameters
        ----------
        prices
            Where the prices come from.
        alive
            Indices of the teams that may be chosen, by class.
        most
            The highest that the lowest value can be.

        Returns
        -------
        unit, total, gains
            In units of ``1/unit``: no plan is worth more than ``total``, and none with team
            ``alive[c][j]`` more than ``total - max(gains[c]) + gains[c][j]``. ``None`` instead
            once ``ended()``, which is asked often.
        """
        weakest = self.instance.weakest
        heads = max(c.teams.shape[1] for c in self.columns)
        size = self.largest * (max(self.weights) + 2 * weakest)
        size += heads * (np.abs(prices.member).max() + abs(prices.move))
        unit = 2 ** max(0, min(30, _BITS - int(size * (self.instance.members + 1)).bit_length()))
        price = np.rint(prices.member * unit).astype(np.int64)
        mu = np.floor(np.clip(prices.weakest, 0, weakest) * unit).astype(np.int64)
        over = int(mu.sum()) - weakest * unit
        if over > 0:
            mu = np.maximum(mu - -(-over // max(1, np.count_nonzero(mu))), 0)
        if mu.sum() > weakest * unit:
            mu[:] = 0
        move = max(0, round(prices.move * unit)) if len(self.most_moves) else 0
        gains = []
        for column, weight, index in zip(self.columns, self.weights, alive, strict=True):
            gain = np.empty(len(index), dtype=np.int64)
            for first in range(0, len(index), _CHUNK):
                if ended():
                    return None
                some = index[first : first + _CHUNK]
                teams = column.teams[some]
                part = np.full(len(some), weight * unit, dtype=np.int64)
                for h in range(teams.shape[1]):
                    part += mu[teams[:, h]]
                part *= column.values[some]
                for h in range(teams.shape[1]):
                    part -= price[teams[:, h]]
                if move:
                    part -= move * column.moved[some].astype(np.int64)
                gain[first : first + _CHUNK] = part
            gains.append(gain)
        total = int(price.sum()) + self.constant * unit + (weakest * unit - int(mu.sum())) * most
        total += move * int(self.most_moves.sum())
        total += sum(int(n) * int(gain.max()) for n, gain in zip(self.count, gains, strict=True))
        return unit, total, gains
