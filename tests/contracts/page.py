"""The contracts as a page runs them, over the ports of a browser. Same subset of Python as widget/."""

from __future__ import annotations

import json

from tests.contracts import clock, crypto, http, rtc, sockets, storage
from tests.contracts.report import Report
from widget.browser import js
from widget.browser.platform import browser_platform
from widget.ports import Platform


class Contracts:
    """`run(name, echo, nobody)` promises JSON: {"sentences": [...], "broken": [...], "uncaught": [...]}."""

    def __init__(self) -> None:
        self._uncaught: list[str] = []

    def run(self, name: str, echo: str, nobody: str) -> js.Value:
        return js.promise(self._run(name, echo, nobody))

    async def _run(self, name: str, echo: str, nobody: str) -> str:
        report = Report()
        await self._contract(name, browser_platform(self._on_error), echo, nobody, report)
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
        elif name == "rtc":
            await rtc.contract(here.rtc, here.clock, report)
        else:
            await storage.contract(here.storage, here.crypto, report)

    def _on_error(self, error: Exception) -> None:
        self._uncaught.append(str(error))
