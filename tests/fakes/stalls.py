"""Pages that are busy for a while: what was to happen in them meanwhile happens afterwards, in its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.fakes.clock import DeviceClock, HandClock
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.world import World
from widget.model import IceServer
from widget.ports import Http, HttpResponse, PeerConnection, Platform, Rtc, Socket, Sockets


class PageClock(DeviceClock):
    """The clock of a page that can be busy: timers wait, and whatever else is given to `when_free`."""

    def __init__(self, clock: HandClock, wrong_ms: int = 0) -> None:
        super().__init__(clock, wrong_ms)
        self._busy = 0  # stalls that are not over
        self._waiting: list[Callable[[], None]] = []

    @property
    def is_busy(self) -> bool:
        return self._busy > 0

    def stall(self, ms: int) -> None:
        self._busy += 1
        self._clock.after(ms, self._free)

    def when_free(self, action: Callable[[], None]) -> None:
        if self.is_busy:
            self._waiting.append(action)
        else:
            action()

    def after(self, delay_ms: int, action: Callable[[], None]) -> Callable[[], None]:
        cancelled: list[bool] = []

        def cancel() -> None:
            cancelled.append(True)

        super().after(delay_ms, lambda: self.when_free(lambda: None if len(cancelled) > 0 else action()))
        return cancel

    def _free(self) -> None:
        self._busy -= 1
        if not self.is_busy:
            waiting, self._waiting = self._waiting, []
            for action in waiting:
                action()


class _Told:
    """Events of a socket or a connection, heard when the page is free."""

    def __init__(self, clock: PageClock, events: object) -> None:
        self._clock = clock
        self._events = events

    def __getattr__(self, name: str) -> Callable[..., None]:
        hear = getattr(self._events, name)
        return lambda *given: self._clock.when_free(lambda: hear(*given))


class _Http:
    def __init__(self, http: Http, clock: PageClock) -> None:
        self._http = http
        self._clock = clock

    async def request(self, *given: Any, **named: Any) -> HttpResponse:
        answer = await self._http.request(*given, **named)
        free = self._clock.deferred()
        self._clock.when_free(lambda: free.settle(None))
        await free.wait()
        return answer


class _Sockets:
    def __init__(self, sockets: Sockets, clock: PageClock) -> None:
        self._sockets = sockets
        self._clock = clock

    async def open(self, url: str, protocol: str, events: Any) -> Socket:
        told: Any = _Told(self._clock, events)
        return await self._sockets.open(url, protocol, told)


class _Rtc:
    def __init__(self, rtc: Rtc, clock: PageClock) -> None:
        self._rtc = rtc
        self._clock = clock

    def warm(self) -> None:
        self._rtc.warm()

    def connect(self, ice_servers: list[IceServer], relay_only: bool, events: Any) -> PeerConnection:
        told: Any = _Told(self._clock, events)
        return self._rtc.connect(ice_servers, relay_only, told)


class BusyWorld(World):
    """Its people's clocks are `PageClock`s."""

    def platform(self, storage: MemoryStorage | None = None, wrong_ms: int = 0) -> Platform:
        made, clock = super().platform(storage, wrong_ms), PageClock(self.clock, wrong_ms)
        return replace(
            made, clock=clock, http=_Http(made.http, clock), sockets=_Sockets(made.sockets, clock),
            rtc=_Rtc(made.rtc, clock),
        )  # fmt: skip
