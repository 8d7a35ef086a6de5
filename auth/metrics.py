"""Counters for Prometheus, without anything that identifies somebody."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest


class Metrics:
    """One registry per app, so that several apps live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "auth_requests", "Requests by route and outcome", ["route", "status", "code"], registry=self.registry
        )
        self.seconds = Histogram("auth_request_seconds", "Time to answer", ["route"], registry=self.registry)
        self.mails = Counter("auth_mails", "Mails by kind and outcome", ["kind", "outcome"], registry=self.registry)
        self.codes = Counter("auth_codes", "Codes tried, by outcome", ["outcome"], registry=self.registry)
        self.vouched = Counter(
            "auth_site_sign_ins", "Tokens of sites shown, by outcome", ["outcome"], registry=self.registry
        )
        self.refreshes = Counter(
            "auth_refreshes", "Refresh keys shown, by outcome", ["outcome"], registry=self.registry
        )
        self.broken = Counter("auth_broken", "Turns of a loop that broke, by loop", ["loop"], registry=self.registry)
        self.store_down = Counter("auth_store_down", "Calls the store did not answer", registry=self.registry)

    def text(self) -> bytes:
        return generate_latest(self.registry)
