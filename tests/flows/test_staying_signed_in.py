"""Renewals, sign-ins that end elsewhere, and signing in again, at the real sign-in service."""

from __future__ import annotations

import asyncio

import pytest

from tests.flows.deployment import Deployment, Person
from widget.native.storage import MemoryStorage

pytestmark = pytest.mark.no_cover

BEA = "bea@people.example.org"


async def test_several_renewals_at_once_are_one_call(deployment: Deployment) -> None:
    ann = await deployment.signed_in("Ann")
    auth = ann.chat._auth
    old = auth.who().access
    await asyncio.gather(*[auth.renew() for _ in range(4)])
    assert deployment.auth.tap.seen.count(b"/token\n") == 1
    assert auth.who().access != old
    await ann.chat.create_room("Kitchen")


async def test_a_sign_in_that_ended_elsewhere_leaves_nothing_behind(deployment: Deployment) -> None:
    ann = await deployment.signed_in("Ann")
    tab, later = _on_the_device_of(ann), _on_the_device_of(ann)
    assert await tab.chat.restore()
    await ann.chat.logout()
    await tab.chat._auth._renewal.in_time()
    assert not tab.chat.is_authenticated()
    assert not await later.chat.restore()
    for someone in (tab, later):
        assert await someone.bot._platform.ports.storage.load(someone.chat._auth.slot) is None


async def test_the_next_one_at_the_same_page_is_waited_for(deployment: Deployment) -> None:
    page = await deployment.signed_in("Ann")
    await page.chat.logout()
    required = asyncio.Event()
    page.chat.on("auth:required", lambda _: required.set())
    waiting = asyncio.create_task(page.chat.authenticate())
    await required.wait()
    assert not waiting.done()
    await page.bot.sign_in(BEA, "Bea", lambda: deployment.code_for(BEA))
    await waiting
    assert page.chat.get_state().user_name == "Bea"


def _on_the_device_of(person: Person) -> Person:
    """Another tab, with a copy of what is kept there now."""
    tab = person._deployment.person(person.name)
    mine, theirs = tab.bot._platform.ports.storage, person.bot._platform.ports.storage
    assert isinstance(mine, MemoryStorage)
    assert isinstance(theirs, MemoryStorage)
    mine._records, mine._keys = dict(theirs._records), dict(theirs._keys)
    return tab
