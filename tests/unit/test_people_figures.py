"""How figures are shown."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from matcher.people.figures import figure, signed


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (66.25, 1, "66.2"),
        (-3.0, 1, "−3.0"),
        (-0.04, 1, "0.0"),
        (-0.4, 0, "0"),
        (np.int16(-12), 0, "−12"),
        (Fraction(-1, 3), 1, "−0.3"),
        (1234, 0, "1234"),
    ],
)
def test_a_figure_has_a_minus_sign_and_no_negative_nothing(value: float, digits: int, shown: str):
    assert figure(value, digits) == shown


@pytest.mark.parametrize(("value", "shown"), [(0.86, "+0.9"), (-0.86, "−0.9"), (-0.04, "+0.0"), (2, "+2.0")])
def test_a_change_always_has_its_sign(value: float, shown: str):
    assert signed(value) == shown
