"""The contracts of the ports against the adapters in memory, whose clock a test moves."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from tests.contracts import clock as clock_contract
from tests.contracts import rtc as rtc_contract
from tests.contracts import siblings as siblings_contract
from tests.contracts import storage as storage_contract
from tests.contracts.report import Report
from tests.fakes.clock import HandClock
from tests.fakes.crypto import watched_crypto
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.rtc import FakeNet, FakeRtc
from tests.fakes.siblings import Browser, FakeSiblings


async def test_the_hand_moved_clock_keeps_the_contract() -> None:
    clock, report = HandClock(), Report()
    await _through(clock, clock_contract.contract(clock, report))
    assert report.broken == []


async def test_peers_without_a_network_keep_the_contract() -> None:
    clock, report = HandClock(), Report()
    await _through(clock, rtc_contract.contract(FakeRtc(FakeNet(clock)), clock, report))
    assert report.broken == []


async def test_a_dict_keeps_the_contract_of_storage() -> None:
    report = Report()
    await storage_contract.contract(MemoryStorage(), watched_crypto(), report)
    assert report.broken == []


async def test_chats_in_one_process_keep_the_contract_of_siblings() -> None:
    clock, report, browser = HandClock(), Report(), Browser()
    contract = siblings_contract.contract(FakeSiblings(browser), FakeSiblings(browser), clock, report)
    await _through(clock, contract)
    assert report.broken == []


async def _through(clock: HandClock, contract: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(contract)
    await clock.until(task.done)
    await task
    assert clock.errors == []
