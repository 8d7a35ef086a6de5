"""A member with a friend outside, and a moderator, get no more than the room gave them."""

from __future__ import annotations

import random

import pytest

from tests.adversary.faults import page
from tests.adversary.judged import agree, roster
from tests.adversary.lies import row_epoch
from tests.adversary.powers import fill_the_book, last_invite, let_in_for_ever, old_pulse, words_of
from tests.adversary.seat import Adversary
from tests.fakes.effort import some
from tests.fakes.stalls import BusyWorld
from tests.fakes.world import Someone, World
from tests.widget.core.test_approval import ask_in, with_approval
from tests.widget.core.test_invite_renewal import private_room, try_in
from tests.widget.core.test_moderation import sub
from widget.crypto.limits import CLOCK_SKEW_MS, SILENT_MS
from widget.wire.pair import Pulse, pulse_signed

pytestmark = pytest.mark.no_cover
SEEDS = some(1, 500, 15)
SOON_MS = 10_000
QUIET_MS = 20_000
SMALL_BOOK = 24


async def speak(world: World, honest: list[Someone], lines: int, said: list[str]) -> None:
    """One after the other, a second each."""
    for _ in range(lines):
        speaker = honest[len(said) % len(honest)]
        said.append(f"{speaker.name} {len(said)}")
        await speaker.chat.send_message(said[-1])
        await world.clock.advance(1_000)


async def end(world: World, honest: list[Someone], said: list[str]) -> None:
    await world.clock.advance(QUIET_MS)
    await agree(world, honest, said)


async def promoted(world: World, eve: Someone, by: Someone) -> None:
    await world.run(by.chat.set_moderator(sub(eve), True))
    await world.clock.advance(1_000)


@pytest.mark.parametrize("seed", SEEDS)
async def test_nobody_speaks_whom_no_host_lets_in(seed: int) -> None:
    """Dee waits, and Eve hands on what Dee signs."""
    world, said = World(), list[str]()
    ann, bob, eve = await with_approval(world, "Ann", "Bob", "Eve")
    dee = await ask_in(world, "Dee", ann)
    await words_of(Adversary(eve, seed, []), dee, [ann, bob])
    await speak(world, [ann, bob], 1 + seed % 4, said)
    assert not any("from outside" in someone.texts for someone in (ann, bob))
    await world.run(ann.chat.approve(sub(dee)))
    await speak(world, [ann, bob], 4, said)
    assert all("from outside" in someone.texts for someone in (ann, bob))
    await end(world, [ann, bob], said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_moderator_keeps_the_removed_their_invite(seed: int) -> None:
    world, said = World(), list[str]()
    ann, bob, cid, eve = await private_room(world, "Ann", "Bob", "Cid", "Eve")
    await promoted(world, eve, ann)
    await last_invite(Adversary(eve, seed, []), [ann, bob, cid])
    await world.clock.advance(SOON_MS)
    hers = ann.chat.get_invite()
    await world.run(ann.chat.remove_member(sub(bob), seed % 2 == 0))
    await world.clock.advance(SOON_MS)
    assert ann.chat.get_invite() == cid.chat.get_invite() != hers
    dee, fay = await world.person("Dee"), await world.person("Fay")
    await try_in(world, dee, hers)
    await world.run(fay.chat.join_room(ann.chat.get_invite()))
    await speak(world, [ann, cid, fay], 3, said)
    assert all("Dee" not in roster(someone) for someone in (ann, cid, fay))
    assert dee.texts == []
    await end(world, [ann, cid], said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_moderator_lets_in_for_ever(seed: int) -> None:
    world, said = World(), list[str]()
    ann, bob, cid, eve = await with_approval(world, "Ann", "Bob", "Cid", "Eve")
    await promoted(world, eve, ann)
    await let_in_for_ever(Adversary(eve, seed, []), sub(bob), [ann, cid])
    await world.clock.advance(1_000 * random.Random(seed).randrange(1, 9))
    await world.run(ann.chat.remove_member(sub(bob)))
    await world.clock.advance(SOON_MS)
    again = await ask_in(world, "Bob", ann)
    await speak(world, [ann, cid], 4, said)
    assert all("Bob" not in roster(someone) for someone in (ann, cid))
    assert again.texts == []
    await end(world, [ann, cid], said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_moderator_takes_the_room_for_what_a_host_decides(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr("widget.room.book.DECISIONS", SMALL_BOOK)
    world, said = World(), list[str]()
    ann, bob, cid, eve = await world.room("Ann", "Bob", "Cid", "Eve")
    await promoted(world, eve, ann)
    await fill_the_book(Adversary(eve, seed, []), SMALL_BOOK + 1, [ann, bob, cid])
    await world.clock.advance(SOON_MS)
    await world.run(ann.chat.remove_member(sub(eve), True))
    await world.clock.advance(SOON_MS)
    await speak(world, [ann, bob, cid], 1 + seed % 5, said)
    assert all("Eve" not in roster(someone) for someone in (ann, bob, cid))
    await end(world, [ann, bob, cid], said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_an_old_sign_of_life_keeps_nobody_in(seed: int) -> None:
    """Dee's page hangs, the service hides it, and Eve has a word of hers from just before."""
    world, said, dice = BusyWorld(), list[str](), random.Random(seed)
    ann, bob, eve, dee = await world.room("Ann", "Bob", "Eve", "Dee")
    session = dee.stay.peers.replica._session
    at_ms = world.clock.now_ms()
    data = pulse_signed(session.room_id, session.sid, at_ms)
    pulse = Pulse(session.sid, at_ms, await dee.platform.crypto.signatures.sign(session.signing, data))
    page(dee).stall(10 * SILENT_MS)
    adversary = Adversary(eve, seed, [])
    for _ in range((SILENT_MS + CLOCK_SKEW_MS) // 1_000):
        for _ in range(dice.randrange(3)):
            await old_pulse(adversary, pulse)
        if dice.random() < 0.1:
            await row_epoch(adversary)
        await speak(world, [ann, bob], 1, said)
    assert all("Dee" not in roster(someone) for someone in (ann, bob))
    await end(world, [ann, bob], said)
