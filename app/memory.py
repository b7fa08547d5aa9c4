"""What was worked out before, so that a page that is seen again is there at once.

A memory belongs to a table and is shared by all sessions that see it: with a new table it begins
anew, so nothing in it can be out of date, and no session keeps a copy of its own.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
# What an answer weighs, in bytes, that does not say so itself.
_LIGHT = 1000


def weight(answer: object) -> int:
    """About how many bytes an answer takes.

    A text takes its length, anything else what its `nbytes`, or a frame's `memory_usage`, says.
    """
    if isinstance(answer, str):
        return len(answer)
    if isinstance(answer, tuple):
        return sum(map(weight, answer))
    if usage := getattr(answer, "memory_usage", None):
        return int(usage().sum())
    return int(getattr(answer, "nbytes", _LIGHT))


@dataclass(slots=True)
class Memory:
    """Answers by their key, up to `limit` bytes; the ones not asked for the longest go first.

    Answers are shared: whoever gets one must not change it.
    """

    limit: int
    taken: int = 0
    _answers: OrderedDict[Hashable, tuple[int, Any]] = field(
        default_factory=OrderedDict, repr=False
    )
    _lock: Lock = field(default_factory=Lock, repr=False)

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer under `key`, worked out with `make` where it is not known.

        `make` may run twice where two sessions ask at once; what it raises is not remembered.
        """
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                found: T = self._answers[key][1]
                return found
        made = make()
        size = weight(made)
        if size > self.limit:
            return made
        with self._lock:
            self.taken += size - self._answers.pop(key, (0, None))[0]
            self._answers[key] = size, made
            while self.taken > self.limit:
                self.taken -= self._answers.popitem(last=False)[1][0]
        return made
