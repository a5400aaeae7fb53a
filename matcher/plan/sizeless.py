"""Whether rules contradict each other by themselves, or only because of the groups' sizes."""

from __future__ import annotations

import numpy as np

from matcher.instance import Instance


def contradicts_whatever_the_sizes(instance: Instance) -> bool:
    """Return whether no plan keeps the rules even if the groups could have any size.

    What one glance shows: people who are together and apart, or in no group or two at once; a group
    with more of a kind than it may have. It may miss a contradiction, but never sees one that is none.
    """
    n, sizes = instance.members, instance.sizes
    block = np.arange(n)
    allowed = instance.allowed.copy()
    for members in instance.together:
        block[list(members)] = members[0]
        allowed[list(members)] = allowed[list(members)].all(axis=0)
    if not allowed.any(axis=1).all():
        return True
    fixed = np.where(allowed.sum(axis=1) == 1, allowed.argmax(axis=1), -1)
    one, other = instance.apart.T
    if (block[one] == block[other]).any() or ((fixed[one] == fixed[other]) & (fixed[one] >= 0)).any():
        return True
    for bound in instance.bounds:
        inside = np.bincount(fixed[bound.marked & (fixed >= 0)], minlength=len(sizes))
        possible = (allowed & bound.marked[:, None]).sum(axis=0)
        capped = bound.most < sizes  # otherwise it is the size that says so
        if (capped & (inside > bound.most)).any() or (possible < bound.least).any():
            return True
        for less in instance.bounds:
            within = not (less.marked & ~bound.marked).any()
            if within and (capped & (less.least > bound.most)).any():
                return True
    return False
