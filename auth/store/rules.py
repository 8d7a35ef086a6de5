"""How patient a service is with Redis: one home for these numbers, and the settings of both services."""

from __future__ import annotations

from dataclasses import dataclass

from auth.environment import Variables, number


@dataclass(frozen=True)
class Rules:
    """A command gets `timeout_ms`, and `wait_ms` with its wait for a free connection or for the nodes of a cluster."""

    timeout_ms: int = 250
    wait_ms: int = 1000
    connections: int = 64
    breaker_errors: int = 5
    breaker_rest_ms: int = 1000

    @property
    def timeout_s(self) -> float:
        return self.timeout_ms / 1000

    @property
    def wait_s(self) -> float:
        """Nobody is kept from the time that a command has."""
        return max(self.wait_ms, self.timeout_ms) / 1000

    @property
    def breaker_rest_s(self) -> float:
        return self.breaker_rest_ms / 1000


SHIPPED = Rules()


class StoreVariables(Variables):
    """The settings that both services have of their own, each under its prefix."""

    store_timeout_ms: int = number(SHIPPED.timeout_ms, 1, 60_000, "How long one command of Redis may take.")
    store_wait_ms: int = number(
        SHIPPED.wait_ms, 1, 60_000, "How long with the wait for a free connection, or for all nodes of a cluster."
    )
    store_connections: int = number(SHIPPED.connections, 1, 10_000, "Connections of a worker to Redis.")
    store_breaker_errors: int = number(
        SHIPPED.breaker_errors, 1, 1000, "After so many failures in a row Redis is left alone for a while."
    )
    store_breaker_rest_ms: int = number(
        SHIPPED.breaker_rest_ms, 0, 60_000, "For so long; what needs Redis is refused at once meanwhile."
    )

    def store_rules(self) -> Rules:
        return Rules(
            self.store_timeout_ms,
            self.store_wait_ms,
            self.store_connections,
            self.store_breaker_errors,
            self.store_breaker_rest_ms,
        )
