"""How often somebody may ask: enough for a whole office at once, too little for guessing."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock


class Limit:
    """So many times in so many seconds, counted for each key apart; kept in memory.

    Parameters
    ----------
    most, seconds
        How often in which time.
    keys
        How many keys are counted at once; the one that was counted first goes first.
    clock
        Gives seconds.
    """

    def __init__(
        self, most: int, seconds: float, keys: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.seconds = seconds
        self._most, self._keys, self._clock = most, keys, clock
        self._lock = Lock()
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def reached(self, key: str) -> bool:
        """Return whether it was too often, without counting."""
        began, count = self._counts.get(key, (0.0, 0))
        return count >= self._most and self._clock() - began < self.seconds

    def count(self, key: str) -> bool:
        """Count once more; return whether it is still allowed."""
        with self._lock:
            now = self._clock()
            began, count = self._counts.get(key, (now, 0))
            if now - began >= self.seconds:
                self._counts.pop(key)
                began, count = now, 0
            self._counts[key] = began, count + 1
            while len(self._counts) > self._keys:
                self._counts.popitem(last=False)
        return count < self._most
