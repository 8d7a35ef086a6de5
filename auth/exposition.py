"""/metrics: who may read it, and the sum over all workers of a service that has several."""

from __future__ import annotations

import hmac
import os
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from starlette.requests import Request
from starlette.responses import Response

from auth.metrics_folder import SHARED
from auth.problems import ROUTE_UNKNOWN, Problem

BEARER = "Bearer "


def exposed(request: Request, token: str, registry: CollectorRegistry) -> Response:
    """Problem to whom it is not for: without `token` that is everybody but programs of this machine."""
    given = request.headers.get("authorization", "")
    if token != "":
        allowed = hmac.compare_digest(given.encode(), f"{BEARER}{token}".encode())
    else:
        allowed = _is_of_this_machine(request)
    if not allowed:
        raise Problem(ROUTE_UNKNOWN)
    return Response(generate_latest(_summed(registry)), media_type="text/plain; version=0.0.4")


def _is_of_this_machine(request: Request) -> bool:
    """Proxies of this machine call from here too, but say for whom."""
    client = request.scope.get("client")
    if client is None or "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ip_address(client[0]).is_loopback
    except ValueError:
        return False


def _summed(registry: CollectorRegistry) -> CollectorRegistry:
    folder = os.environ.get(SHARED, "")
    if folder == "":
        return registry
    bury: Any = mark_process_dead
    collect: Any = MultiProcessCollector
    for path in Path(folder).glob("gauge_livesum_*.db"):
        pid = path.stem.rpartition("_")[2]
        if not Path(f"/proc/{pid}").exists():
            bury(int(pid), folder)
    everybody = CollectorRegistry()
    collect(everybody, folder)
    return everybody

