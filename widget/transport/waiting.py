"""Waiting without hanging: a limit on any call, jobs in a row, and pauses that grow."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, cast

from widget.errors import UnreachableError
from widget.ports import Clock, Deferred, Digest
from widget.transport.limits import ANSWER_MS, RETRY_FIRST_MS, RETRY_LAST_MS
from widget.wire.codec import U32, Reader

T = TypeVar("T")


async def within(clock: Clock, work: Callable[[], Coroutine[Any, Any, T]], limit_ms: int = ANSWER_MS) -> T:
    """What `work` gives, or UnreachableError when a service has not answered in time."""
    done = start(clock, work)
    late = UnreachableError("unreachable")
    clock.after(limit_ms, lambda: done.fail(late))
    result: T = await done.wait()
    return result


def start(clock: Clock, work: Callable[[], Coroutine[Any, Any, T]]) -> Deferred:
    """Begin `work` beside what follows; its result or error is in the deferred."""
    done = clock.deferred()
    clock.spawn(settle(done, work))
    return done


async def settle(done: Deferred, work: Callable[[], Coroutine[Any, Any, T]]) -> None:
    try:
        done.settle(cast(object, await work()))
    except Exception as error:
        done.fail(error)


async def pause(clock: Clock, duration_ms: int) -> None:
    done = clock.deferred()
    clock.after(duration_ms, lambda: done.settle(None))
    await done.wait()


def report(clock: Clock, error: Exception) -> None:
    """Bring what nobody can catch to the platform's error hook."""
    clock.spawn(_raise(error))


async def _raise(error: Exception) -> None:
    raise error


class Lane:
    """Jobs run one after another in the order they were added; what a job raises goes to `failed`, else is reported."""

    def __init__(self, clock: Clock, most: int, failed: Callable[[Exception], None] | None = None) -> None:
        self._clock: Clock = clock
        self._most: int = most
        self._failed: Callable[[Exception], None] = (lambda error: report(clock, error)) if failed is None else failed
        self._jobs: list[Callable[[], Coroutine[Any, Any, None]]] = []
        self._is_running: bool = False

    def add(self, job: Callable[[], Coroutine[Any, Any, None]]) -> bool:
        """False when too many are waiting: the job is not taken."""
        if len(self._jobs) >= self._most:
            return False
        self._jobs.append(job)
        if not self._is_running:
            self._is_running = True
            self._clock.spawn(self._run())
        return True

    def clear(self) -> None:
        self._jobs = []

    async def _run(self) -> None:
        while len(self._jobs) > 0:
            job = self._jobs[0]
            self._jobs = self._jobs[1:]
            try:
                await job()
            except Exception as error:
                self._failed(error)
        self._is_running = False


class Backoff:
    """Pauses that double with full jitter, from half a second to half a minute."""

    def __init__(self, digest: Digest) -> None:
        self._digest: Digest = digest
        self._ceiling_ms: int = RETRY_FIRST_MS

    def next_ms(self) -> int:
        pause_ms = self._ceiling_ms * Reader(self._digest.random(4)).u32() // U32
        self._ceiling_ms = min(self._ceiling_ms * 2, RETRY_LAST_MS)
        return pause_ms

    def reset(self) -> None:
        self._ceiling_ms = RETRY_FIRST_MS
