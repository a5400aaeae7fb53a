"""What is seen while a plan is formed, and what Ctrl-C does meanwhile."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

from matcher.cli.saying import say
from matcher.cli.status import INTERRUPTED
from matcher.people.figures import figure

if TYPE_CHECKING:
    from matcher.plan.options import FormingProgress
    from matcher.plan.plan import Plan


class Watch:
    """Forms in a thread, so that Ctrl-C and the progress bar are attended to at once.

    The first Ctrl-C ends the solve, which then gives its best plan so far; the second ends the program.

    Parameters
    ----------
    seconds
        Time limit, the length of the bar.
    shown
        Whether there is a bar.
    """

    def __init__(self, seconds: float, *, shown: bool) -> None:
        self.seconds, self.shown = seconds, shown
        self.stopping = threading.Event()
        self.latest = ""

    def progress(self, progress: FormingProgress) -> None:
        self.latest = f"score {figure(progress.score)}, at most {figure(progress.bound)}"

    def run(self, form: Callable[[], Plan]) -> Plan:
        with ThreadPoolExecutor(1) as pool:
            forming = pool.submit(form)
            while True:
                try:
                    with self._bar() as bar:
                        began = time.monotonic()
                        while not wait([forming], timeout=0.1).done:
                            bar.n = min(time.monotonic() - began, self.seconds)
                            bar.set_postfix_str(self.latest, refresh=False)
                            bar.refresh()
                    return forming.result()
                except KeyboardInterrupt:
                    if self.stopping.is_set():
                        os._exit(INTERRUPTED)  # the solver's threads would hold up an orderly end
                    self.stopping.set()
                    say("Stopping; the best plan so far follows.")

    def _bar(self) -> Any:
        from tqdm import tqdm  # type: ignore[import-untyped]

        return tqdm(
            total=self.seconds,
            disable=not self.shown,
            file=sys.stderr,
            leave=False,
            bar_format="{bar:30} {n:.0f} of {total:.0f} s{postfix}",
        )
