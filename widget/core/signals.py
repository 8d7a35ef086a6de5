"""Descriptions and candidates on their way through the service: sealed in private rooms, and always in order."""

from __future__ import annotations

from collections.abc import Callable

from widget.core.waiting import Lane
from widget.crypto.sdp_seal import SdpSeal
from widget.errors import CwError
from widget.ports import Clock
from widget.wire.socket import Signal

WAITING: int = 1024


class Signals:
    """Without a `seal` (public rooms) everything passes as it is."""

    def __init__(
        self,
        clock: Clock,
        seal: SdpSeal | None,
        transmit: Callable[[str, str, str], None],
        hear: Callable[[Signal], None],
        count_drop: Callable[[str], None],
    ) -> None:
        self._seal: SdpSeal | None = seal
        self._transmit: Callable[[str, str, str], None] = transmit
        self._hear: Callable[[Signal], None] = hear
        self._count_drop: Callable[[str], None] = count_drop
        self._outgoing: Lane = Lane(clock, self._broken, WAITING)
        self._incoming: Lane = Lane(clock, self._broken, WAITING)

    def send(self, sid: str, kind: str, data: str) -> None:
        seal = self._seal
        if seal is None:
            self._transmit(sid, kind, data)
        else:
            sealing = seal
            self._outgoing.add(lambda: self._send_sealed(sealing, sid, kind, data))

    def received(self, signal: Signal) -> None:
        seal = self._seal
        if seal is None:
            self._hear(signal)
        else:
            sealing = seal
            self._incoming.add(lambda: self._open_sealed(sealing, signal))

    async def _send_sealed(self, seal: SdpSeal, sid: str, kind: str, data: str) -> None:
        self._transmit(sid, kind, await seal.seal(sid, kind, data))

    async def _open_sealed(self, seal: SdpSeal, signal: Signal) -> None:
        self._hear(Signal(signal.sid, signal.kind, await seal.open(signal.sid, signal.kind, signal.data)))

    def _broken(self, error: Exception) -> None:
        self._count_drop(error.code if isinstance(error, CwError) else "signal.error")
