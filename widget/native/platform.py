"""The ports of a Python program, made and closed together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from widget.native.clock import NativeClock
from widget.native.crypto import native_crypto
from widget.native.http import NativeHttp
from widget.native.puzzle import search
from widget.native.rtc import NativeRtc
from widget.native.siblings import Alone
from widget.native.sockets import NativeSockets
from widget.native.storage import FolderStorage, MemoryStorage
from widget.ports import Platform, Storage


@dataclass(frozen=True)
class NativePlatform:
    """`ports` is what ChatCore takes; `close` ends what they hold."""

    ports: Platform
    clock: NativeClock
    http: NativeHttp
    sockets: NativeSockets
    rtc: NativeRtc

    async def close(self) -> None:
        await self.sockets.close()
        await self.rtc.close()
        await self.http.close()
        await self.clock.close()


def native_platform(origin: str, folder: Path | None, on_error: Callable[[BaseException], None]) -> NativePlatform:
    """A platform that acts for a page of `origin`. Without a `folder` nothing outlives the program."""
    clock = NativeClock(on_error)
    http = NativeHttp(origin)
    sockets = NativeSockets(origin)
    rtc = NativeRtc()
    storage: Storage = MemoryStorage() if folder is None else FolderStorage(folder)
    ports = Platform(clock, http, sockets, rtc, native_crypto(), storage, Alone(), search, origin)
    return NativePlatform(ports, clock, http, sockets, rtc)
