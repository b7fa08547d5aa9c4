"""How far the making of a file has come: builders count their steps, whoever waits may listen."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

# Takes the number of finished steps and of all.
Listener = Callable[[int, int], None]
_Part = TypeVar("_Part")
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Within, the steps of this thread's builder are told to the listener."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def counted(parts: Sequence[_Part]) -> Iterator[_Part]:
    """The parts one by one, each a step; a builder counts at one place only."""
    hear = _listener.get()
    for done, part in enumerate(parts):
        if hear:
            hear(done, len(parts))
        yield part
    if hear:
        hear(len(parts), len(parts))
