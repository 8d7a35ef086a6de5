"""Whether the service answers anything: browsers let sockets wait for seconds when many have failed before."""

from __future__ import annotations

from collections.abc import Callable

from widget.errors import ChatError
from widget.ports import Clock, Http
from widget.transport.limits import ANSWER_MS, OPEN_SOON_MS
from widget.transport.waiting import within


async def knock(clock: Clock, http: Http, base_url: str, is_wanted: Callable[[], bool]) -> None:
    """Ask until there is an answer, or UnreachableError.

    One request that hangs may hang in a network that is gone, or only be slow: others follow it.
    """
    answered = clock.deferred()

    async def ask(limit_ms: int) -> None:
        try:
            await http.request("HEAD", base_url + "/emotes/global", {}, b"", limit_ms)
            answered.settle(None)
        except ChatError as error:
            answered.fail(error)

    def go_on(limit_ms: int) -> None:
        if limit_ms > 0 and is_wanted():
            clock.spawn(ask(limit_ms))
            clock.after(OPEN_SOON_MS, lambda: go_on(limit_ms - OPEN_SOON_MS))

    go_on(ANSWER_MS)
    await within(clock, answered.wait)
