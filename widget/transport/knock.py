"""Whether the service answers anything: browsers let sockets wait for seconds when many have failed before.

Requests wait too: a browser goes on with connects that hang, binds the next requests to these, and asks again ever more
rarely. A STUN server of the service is asked afresh each time, so its answer tells first that the network is back.
"""

from __future__ import annotations

from collections.abc import Callable

from widget.errors import ChatError
from widget.model import IceServer
from widget.ports import Platform
from widget.transport.limits import ANSWER_MS, OPEN_SOON_MS
from widget.transport.waiting import within


class Echo:
    """Calls `came` when a server has answered; hears of a connection that leads nowhere (`PeerEvents`)."""

    def __init__(self, came: Callable[[], None]) -> None:
        self._came: Callable[[], None] = came

    def candidate(self, candidate: str) -> None:
        if "typ srflx" in candidate or "typ relay" in candidate:
            self._came()

    def opened(self) -> None:
        return

    def message(self, data: bytes) -> None:
        return

    def writable(self) -> None:
        return

    def unsteady(self) -> None:
        return

    def closed(self) -> None:
        return


async def knock(
    platform: Platform, base_url: str, ice: list[IceServer], is_wanted: Callable[[], bool]
) -> None:
    """Ask until there is an answer, or UnreachableError.

    One request that hangs may hang in a network that is gone, or only be slow: others follow it.
    """
    clock = platform.clock
    answered = clock.deferred()

    async def ask(limit_ms: int) -> None:
        try:
            await platform.http.request("HEAD", base_url + "/emotes/global", {}, b"", limit_ms)
            answered.settle(None)
        except ChatError as error:
            answered.fail(error)

    async def gather() -> None:
        try:
            connection = platform.rtc.connect(ice, False, Echo(lambda: answered.settle(None)))
            clock.after(OPEN_SOON_MS, connection.close)
            await connection.offer()
        except ChatError:
            return

    def go_on(limit_ms: int) -> None:
        if limit_ms > 0 and is_wanted():
            if len(ice) > 0:
                clock.spawn(gather())
            if len(ice) == 0 or limit_ms == ANSWER_MS:
                clock.spawn(ask(limit_ms))  # else rarely: what we ask for when we are back would wait behind these
            clock.after(OPEN_SOON_MS, lambda: go_on(limit_ms - OPEN_SOON_MS))

    go_on(ANSWER_MS)
    await within(clock, answered.wait)
