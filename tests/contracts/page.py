"""The contracts as a page runs them, over the ports of a browser. Same subset of Python as widget/."""

from __future__ import annotations

import json

from tests.contracts import clock, crypto, http, rtc, sockets, storage
from tests.contracts.report import Report
from widget.browser import js
from widget.browser.platform import browser_platform
from widget.model import IceServer
from widget.ports import Platform


class Contracts:
    """`run(name, echo, nobody, turn)` promises JSON: {"sentences": [...], "broken": [...], "uncaught": [...]}."""

    def __init__(self) -> None:
        self._uncaught: list[str] = []

    def run(self, name: str, echo: str, nobody: str, turn: str) -> js.Value:
        """`turn` is "", or URL, user and credential of a TURN server with spaces between."""
        ice = [IceServer(turn.split(" ")[0:1], turn.split(" ")[1], turn.split(" ")[2])] if turn != "" else []
        return js.promise(self._run(name, echo, nobody, ice))

    async def _run(self, name: str, echo: str, nobody: str, ice: list[IceServer]) -> str:
        report = Report()
        here = browser_platform(self._on_error, "contracts")
        if name == "rtc":
            await rtc.contract(here.rtc, here.clock, report, ice)
        else:
            await self._contract(name, here, echo, nobody, report)
        found = {"sentences": report.sentences, "broken": report.broken, "uncaught": self._uncaught}
        return json.dumps(found)

    async def _contract(self, name: str, here: Platform, echo: str, nobody: str, report: Report) -> None:
        """`echo` and `nobody` begin after the scheme: "//127.0.0.1:8000/echo"."""
        if name == "clock":
            await clock.contract(here.clock, report)
        elif name == "crypto":
            await crypto.contract(here.crypto, report)
        elif name == "http":
            await http.contract(here.http, f"http:{echo}", f"http:{nobody}", report)
        elif name == "sockets":
            await sockets.contract(here.sockets, here.clock, f"ws:{echo}", f"ws:{nobody}", report)
        else:
            await storage.contract(here.storage, here.crypto, report)

    def _on_error(self, error: Exception) -> None:
        self._uncaught.append(str(error))
