"""How a plan compares with drawing names from a hat."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from matcher.plan.formulation import Formulation
from matcher.solve import draw

DRAWS = 200
"""Random plans for a roster of up to a hundred; fewer for larger ones, whose scores vary less."""


@dataclass(frozen=True)
class Baseline:
    """Scores of random plans that keep every rule.

    Each is filled at random and then repaired by random exchanges until every rule holds,
    with no look at the goals.

    Parameters
    ----------
    scores
        Score of each random plan.
    score
        Score of the plan that is compared with them.
    """

    scores: tuple[float, ...]
    score: float

    @property
    def draws(self) -> int:
        """How many random plans there are."""
        return len(self.scores)

    @property
    def random_mean(self) -> float | None:
        """Mean score of the random plans."""
        return float(np.mean(self.scores)) if self.scores else None

    @property
    def better_than_percent(self) -> float | None:
        """Share of the random plans, in percent, that score lower than the plan."""
        lower = sum(score < self.score for score in self.scores)
        return 100 * lower / len(self.scores) if self.scores else None


def baseline(formulation: Formulation, score: Fraction, *, seed: int) -> Baseline:
    """Return how a plan's score compares with random plans that keep the rules."""
    rng = np.random.default_rng(seed)
    wanted = max(20, min(DRAWS, DRAWS * 100 // len(formulation.brief.members)))
    scores: list[float] = []
    for _ in range(wanted):
        labels = draw(formulation.instance, rng)
        if labels is None:  # rules so tight that chance does not meet them: say nothing rather than wait
            break
        scores.append(float(formulation.score(formulation.instance.objective(labels))))
    return Baseline(tuple(scores), float(score))
