"""Many small questions to a store at once: each takes as long as the way there and back, and costs nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from pipeline.store.remote_path import remote

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 16  # questions; the clients of stores keep some ten connections
AHEAD = 4  # times as many are asked before the first answer is taken


def side_by_side(action: Callable[[T], R], items: Iterable[T], place: Path | None) -> Iterator[R]:
    """What an action comes to for each item, in their order.

    Args:
        action: What asks; called in threads where `place` is in a store, else one after the other in this one.
        items: What it is called with.
        place: What is asked about.

    Raises:
        Exception: What the first action that fails raises; those that were not begun are not.
    """
    if place is None or remote(place) is None:
        yield from map(action, items)
        return
    pool, waiting = ThreadPoolExecutor(AT_ONCE, "store"), deque[Future[R]]()
    try:
        for item in items:
            waiting.append(pool.submit(action, item))
            if len(waiting) >= AHEAD * AT_ONCE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
