"""The contracts as a page runs them, over the ports of a browser. Same subset of Python as widget/."""

from __future__ import annotations

import json

from tests.contracts import clock, crypto, http, published, puzzle, rtc, siblings, sockets, storage
from tests.contracts.report import Report
from widget.account.solving import always, solve
from widget.browser import js
from widget.browser.platform import browser_platform
from widget.browser.rtc import BrowserPeer
from widget.browser.siblings import BrowserSiblings
from widget.browser.web_crypto import algorithm, subtle, web_crypto
from widget.model import IceServer
from widget.ports import KeyPair, PeerConnection, Platform
from widget.wire.base64url import to_base64url


def say(peer: PeerConnection) -> None:
    if isinstance(peer, BrowserPeer):
        peer._channel.send("words")


class WebKeys:
    """Private keys of published cases, as JWK: not every browser takes pkcs8."""

    async def agreement(self, private: bytes, public: bytes) -> KeyPair:
        x, y, d = to_base64url(public[1:33]), to_base64url(public[33:65]), to_base64url(private)
        key = js.options({"kty": "EC", "crv": "P-256", "x": x, "y": y, "d": d})
        usages = js.array(["deriveBits"])
        return KeyPair(await js.wait(subtle().importKey("jwk", key, algorithm("ECDH"), False, usages)), public)


class Contracts:
    """`run` and `published` promise JSON: {"sentences": [...], "broken": [...], "uncaught": [...]}."""

    def __init__(self) -> None:
        self._uncaught: list[str] = []

    def run(self, name: str, echo: str, nobody: str, turn: str) -> js.Value:
        """`turn` is "", or URL, user and credential of a TURN server with spaces between."""
        ice = [IceServer(turn.split(" ")[0:1], turn.split(" ")[1], turn.split(" ")[2])] if turn != "" else []
        return js.promise(self._run(name, echo, nobody, ice))

    def published(self, name: str, text: str) -> js.Value:
        """`text` is tests/vectors/published/<name>.json."""
        return js.promise(self._published(name, text))

    def solve(self, puzzle: str, bits: int) -> js.Value:
        """Promises how many answers a puzzle has that is worked on as for a code."""
        return js.promise(self._solve(puzzle, bits))

    async def _solve(self, puzzle: str, bits: int) -> int:
        here = browser_platform(self._on_error, "contracts")
        return len(await solve(here, bytes.fromhex(puzzle), bits, always))

    async def _published(self, name: str, text: str) -> str:
        report = Report()
        await published.contract(name, text, web_crypto(), WebKeys(), report)
        return self._found(report)

    async def _run(self, name: str, echo: str, nobody: str, ice: list[IceServer]) -> str:
        report = Report()
        here = browser_platform(self._on_error, "contracts")
        if name == "rtc":
            await rtc.contract(here.rtc, here.clock, report, ice, say)
        else:
            await self._contract(name, here, echo, nobody, report)
        return self._found(report)

    def _found(self, report: Report) -> str:
        return json.dumps({"sentences": report.sentences, "broken": report.broken, "uncaught": self._uncaught})

    async def _contract(self, name: str, here: Platform, echo: str, nobody: str, report: Report) -> None:
        """`echo` and `nobody` begin after the scheme: "//127.0.0.1:8000/echo"."""
        if name == "clock":
            await clock.contract(here.clock, report)
        elif name == "crypto":
            await crypto.contract(here.crypto, report)
        elif name == "http":
            await http.contract(here.http, f"http:{echo}", f"http:{nobody}", report)
        elif name == "puzzle":
            puzzle.contract(here.search, report)
        elif name == "siblings":
            await siblings.contract(here.siblings, BrowserSiblings(), here.clock, report)
        elif name == "sockets":
            await sockets.contract(here.sockets, here.clock, f"ws:{echo}", f"ws:{nobody}", report)
        else:
            await storage.contract(here.storage, here.crypto, report)

    def _on_error(self, error: Exception) -> None:
        self._uncaught.append(str(error))
