"""Counters for Prometheus, without anything that identifies a person or a room."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest


class Tally:
    """A counter for what happens with every message: of several workers each addition would be written to a file."""

    def __init__(self, counter: Counter) -> None:
        self.count = 0
        self._counter = counter

    def settle(self) -> None:
        if self.count > 0:
            self._counter.inc(self.count)
            self.count = 0


class Metrics:
    """One registry per app, so that several apps live in one process."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        self.registry = registry
        self.sockets = Gauge("signaling_sockets", "Open sockets", registry=registry, multiprocess_mode="livesum")
        rooms = "Rooms, counted by each worker that has a member of them"
        self.rooms = Gauge("signaling_rooms", rooms, registry=registry, multiprocess_mode="livesum")
        self.joins = Counter("signaling_joins", "Attempts to join by outcome", ["outcome"], registry=registry)
        self.closes = Counter("signaling_closes", "Sockets closed by us, by code", ["code"], registry=registry)
        self.messages = Counter("signaling_messages", "Messages passed on", ["kind", "way"], registry=registry)
        # Found once, since looking one up by its labels costs more than counting.
        kinds, ways = ("signal", "relay"), ("here", "away")
        self.passed = {(kind, way): Tally(self.messages.labels(kind, way)) for kind in kinds for way in ways}
        self.relayed = Tally(Counter("signaling_relayed_bytes", "Bytes relayed blindly", registry=registry))
        self.dropped = Counter("signaling_dropped", "Messages dropped by reason", ["reason"], registry=registry)
        self.requests = Counter("signaling_requests", "Requests by route", ["route", "status"], registry=registry)
        self.refusals = Counter("signaling_refusals", "Refused at the door", ["code", "way"], registry=registry)
        self.broken = Counter("signaling_broken", "Turns of a loop that broke, by loop", ["loop"], registry=registry)
        self.failed_auths = Counter(
            "signaling_failed_auths", "Tokens and proofs that did not hold", ["code"], registry=registry
        )
        self.store_down = Counter("signaling_store_down", "Calls the store did not answer", registry=registry)

    def settle(self) -> None:
        """Now and then, and at the end."""
        for tally in (*self.passed.values(), self.relayed):
            tally.settle()

    def text(self) -> bytes:
        self.settle()
        return generate_latest(self.registry)
