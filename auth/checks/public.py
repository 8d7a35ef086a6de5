"""The doctor calls the service as visitors do, and looks at what the proxies in between make of it."""

from __future__ import annotations

import ssl
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

import httpx

from auth.checks.finding import Finding, doubt, fault, good
from auth.hosts import is_loopback
from auth.networks import NO_PROXY
from auth.production import is_found
from auth.seen import SEEN_PATH, new_pass
from auth.store.shared import Store, StoreDown, StoreRefusal
from auth.unreached import Reason, reason, words

ANSWER_S = 10.0
# Of a network that documents use (RFC 5737): nobody has it.
MADE_UP = "203.0.113.77"
UNREACHED: dict[Reason, str] = {
    "name": "give it an A or AAAA record, which may take an hour to be seen",
    "refused": "look whether the proxy runs and listens on that port",
    "late": "look whether the firewall lets that port through, here and at your provider",
    "plain": "let the proxy listen with TLS there",
    "certificate": "let the proxy show a certificate for this name, with all that lies between it and the authority",
}


async def findings(store: Store, what: str, url: str, trusted: Collection[str], service: str) -> list[Finding]:
    """`what` names the address in the report, `trusted` are the proxies that the settings name."""
    try:
        token = await new_pass(store, service)
    except (StoreDown, StoreRefusal):
        return [fault(what, "it was not tried, since Redis does not do what is needed: see above.")]
    try:
        async with httpx.AsyncClient(verify=ssl.create_default_context(), timeout=ANSWER_S) as client:
            given: dict[str, Any] = {"params": {"pass": token}, "headers": {"x-forwarded-for": MADE_UP}}
            async with client.stream("GET", url.rstrip("/") + SEEN_PATH, **given) as answer:
                ours = _ours(answer)
                await answer.aread()
    except (httpx.HTTPError, ssl.SSLError, OSError) as error:
        advice = UNREACHED.get(reason(error), "look at DNS, firewall, certificate and proxy")
        return [fault(what, f"{url} does not answer ({words(error)}): {advice}.")]
    arrived = _arrived(answer)
    if arrived is None:
        stranger = f"something else answers at {url} (status {answer.status_code})"
        return [fault(what, f"{stranger}, such as the other service, or one with another Redis: "
                            "look at where the proxy leads.")]
    return _judged(what, url, arrived, trusted, ours)


def reach(what: str, url: str, own_network: bool) -> list[Finding]:
    """That strangers do not come there is as it should be in a network of one's own, but may have been forgotten."""
    if not own_network or is_found(url) or is_loopback(urlsplit(url).hostname or ""):
        return []
    return [doubt(what, f"only a network of your own can find {url}, as CHAT_OWN_NETWORK allows: see that all visitors "
                        "are in it, and that their browsers know who signed its certificate.")]


def _arrived(answer: httpx.Response) -> dict[str, Any] | None:
    try:
        body = answer.json()
    except ValueError:
        return None
    return body if answer.status_code == 200 and isinstance(body, dict) and "forwarded" in body else None


def _ours(answer: httpx.Response) -> str:
    """The address that we called from, while the connection is open; "" when it cannot be told."""
    stream = answer.extensions.get("network_stream")
    place = None if stream is None else stream.get_extra_info("client_addr")
    return str(place[0]) if place else ""


def _judged(
    what: str, url: str, arrived: dict[str, Any], trusted: Collection[str], ours: str = ""
) -> list[Finding]:
    forwarded = [str(hop) for hop in arrived["forwarded"]]
    address, peer, host = str(arrived["address"]), str(arrived["peer"]) or "a socket", str(arrived["host"])
    found = [good(what, f"{url} answers; a call arrives from {peer}, counts as {address}, for {host}.")]
    behind = forwarded != [MADE_UP]
    if behind and NO_PROXY in trusted:
        found.append(fault(what, f"a proxy ({peer}) stands in front, and TRUSTED_PROXIES says none: write {peer}."))
    elif behind and address == peer and len(forwarded) > 0:
        found.append(fault(what, f"the proxy {peer} is not in TRUSTED_PROXIES, so all visitors count as one: add it."))
    elif behind and len(forwarded) == 0:
        found.append(fault(what, "the proxy takes X-Forwarded-For out, so all visitors count as one: "
                                 "let it set the header (nginx: $proxy_add_x_forwarded_for)."))
    elif not behind and address == MADE_UP:
        found.append(fault(what, "the proxy passes on what visitors write into X-Forwarded-For: "
                                 "let it add their address (nginx: $proxy_add_x_forwarded_for)."))
    elif behind and ours not in ("", address):
        found.append(doubt(what, f"our call from {ours} counts as {address}: unless that is the address by which this "
                                 "machine goes out, a proxy or CDN stands before yours and all visitors count as one; "
                                 "let yours take theirs from it (nginx: set_real_ip_from and real_ip_header)."))
    if url.startswith("https://") and str(arrived["scheme"]) != "https":
        found.append(doubt(what, "the call arrives as one without TLS: let the proxy that ends TLS say so "
                                 "(nginx: proxy_set_header X-Forwarded-Proto $scheme), and speak TLS to it."))
    if host.lower() != urlsplit(url).netloc.lower():
        found.append(doubt(what, "the proxy changes Host: let it pass it on (nginx: proxy_set_header Host $host)."))
    if not url.startswith("https://"):
        found.append(fault(what, "it is not https: browsers refuse it on any site; let a proxy end TLS."))
    return found
