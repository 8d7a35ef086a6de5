"""Connections to Redis that do not outlive it: what the server or the network has cut is made anew before its use."""

from __future__ import annotations

from typing import Any

from redis.asyncio import BlockingConnectionPool, Connection, SSLConnection

from auth.store.patience import PatientConnection, patient


class HealingPool(BlockingConnectionPool):
    """A connection that was closed is noticed when it is taken; one that died without a word only by a failure.

    After a failure no idle connection is trusted, so that they do not fail one after the other, minutes later.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "connection_class": patient(options.get("connection_class", Connection))})

    @classmethod
    def at(cls, redis_url: str, **options: Any) -> HealingPool:
        pool: HealingPool = cls.from_url(redis_url, **options)
        return pool

    def doubt(self) -> None:
        """Something has failed: each idle connection is to be made anew when it is taken next."""
        idle: list[Any] = self._available_connections
        for connection in idle:
            connection.mark_for_reconnect()

    async def ensure_connection(self, connection: Any) -> None:
        if connection.should_reconnect():
            await connection.disconnect(nowait=True)
        await super().ensure_connection(connection)


class _Healing(PatientConnection):
    """A connection that is made anew when the other side has closed it, for clients that take it without a look."""

    _reader: Any

    def should_reconnect(self) -> bool:
        asked = super().should_reconnect()  # type: ignore[misc]
        return bool(asked) or (self._reader is not None and self._reader.at_eof())

    async def send_packed_command(self, *given: Any, **options: Any) -> None:
        """Once more when another call's failure took the connection away before anything of this one was sent.

        redis-py sends in a task of its own, and finds no writer there.
        """
        try:
            await super().send_packed_command(*given, **options)  # type: ignore[misc]
        except AttributeError:
            await super().send_packed_command(*given, **options)  # type: ignore[misc]


class HealingConnection(_Healing, Connection):
    """By TCP."""


class HealingSslConnection(_Healing, SSLConnection):
    """By TLS."""
