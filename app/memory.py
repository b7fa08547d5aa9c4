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


@dataclass(slots=True)
class Memory:
    """Up to `size` answers by their key; the one that was not asked for the longest goes first.

    Answers are shared: whoever gets one must not change it.
    """

    size: int
    _answers: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """The answer under `key`, worked out with `make` where it is not known.

        `make` may run twice where two sessions ask at once; what it raises is not remembered.
        """
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                found: T = self._answers[key]
                return found
        made = make()
        with self._lock:
            self._answers[key] = made
            while len(self._answers) > self.size:
                self._answers.popitem(last=False)
        return made
