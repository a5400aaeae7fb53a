"""A plan is judged by its worst group."""

from __future__ import annotations

WEAKEST = "weakest"
"""Its name in files and options."""


class Weakest:
    """The lowest, over groups, of the group's importance-weighted mean of its other goals' values.

    It has no numbers of its own: an instance carries the weight of its lowest group value.
    """

    name = WEAKEST
    label = "Weakest group"
    sentence = "The group with the lowest score is as good as can be."
    default = "normal"
