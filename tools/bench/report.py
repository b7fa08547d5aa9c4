"""A line of the result, and the clock."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

_WIDTH = 62


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the result; `target` is the most that `measured` may be, None for a mere figure."""

    subject: str
    measured: float | None
    target: float | None = None
    remark: str = ""

    def __str__(self) -> str:
        measured = "not run" if self.measured is None else f"{self.measured:.2f}"
        target = "" if self.target is None else f"≤ {self.target:g}"
        verdict = ""
        if self.measured is not None and self.target is not None:
            verdict = "ok" if self.measured <= self.target else "ABOVE"
        return f"{self.subject:<{_WIDTH}}{measured:>9} {target:>7} {verdict:<6}{self.remark}"


HEADINGS = f"{'':<{_WIDTH}}{'measured':>9} {'target':>7}"


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """How long the work takes, with the garbage of earlier work swept away.

    By default the time of this process alone, whoever else uses the machine; time.perf_counter
    for work that other processes do.
    """
    gc.collect()
    start = clock()
    work()
    return clock() - start
