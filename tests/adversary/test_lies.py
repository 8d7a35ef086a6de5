"""Lies against which one rule alone stands (tests/adversary/lies.py): without it they would succeed."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

import pytest

from tests.adversary.judged import agree, roster
from tests.adversary.lies import (
    Lie,
    epoch_with,
    false_pulse,
    flood,
    framed,
    gone_for_some,
    last_clock,
    next_epoch,
    other_words,
    row_epoch,
    slander,
    stranger,
    swapped,
    two_stories,
    unknown_book,
    withhold,
)
from tests.adversary.seat import Adversary
from tests.fakes.effort import some
from tests.fakes.world import Someone, World
from tests.widget.core.test_approval import ask_in, with_approval
from widget.crypto.limits import GRANT_BURST, REKEY_INTERVAL_MS
from widget.crypto.live_epoch import LiveEpoch
from widget.crypto.opened import OpenedFrame
from widget.crypto.reasons import PSK_PROOF
from widget.crypto.session import PeerSession
from widget.room.limits import EVENTS_BURST

pytestmark = pytest.mark.no_cover
SEEDS = some(1, 500, 15)
LYING_S = 8
QUIET_MS = 20_000
HEALED_MS = 30_000  # who still makes keys with her is told why the others take none
GONE_MS = 4_000  # those who go without a word are out of the key
NAMES = ("Ann", "Bob", "Cid", "Dee", "Fay")


async def room(seed: int, is_first: bool) -> tuple[World, Adversary, list[Someone]]:
    """Eve is first in line, or last."""
    world, dice = World(), random.Random(seed)
    names = NAMES[: dice.randint(3, len(NAMES))]
    people = await world.room(*(["Eve", *names] if is_first else [*names, "Eve"]))
    eve = people[0 if is_first else -1]
    return world, Adversary(eve, seed, []), [someone for someone in people if someone is not eve]


def kids(honest: list[Someone]) -> set[str]:
    return {someone.stay.peers.group.kid for someone in honest}


async def talk(
    world: World, eve: Adversary, honest: list[Someone], lie: Lie | None = None, outsider: Someone | None = None
) -> list[str]:
    """A line a second, while she says `lie` again and again; nobody reads it but who may. What was said."""
    said: list[str] = []
    for second in range(LYING_S):
        for _ in range(0 if lie is None else eve.dice.randint(1, 3)):
            assert lie is not None
            await lie(eve)
            await world.clock.advance(eve.dice.choice([50, 200]))
        said.append(f"{second}")
        await eve.dice.choice(honest).chat.send_message(said[-1])
        await world.clock.advance(1_000)
        for someone in honest:
            assert {one.name for one in honest} <= roster(someone)
            assert not any(someone.stay.peers.group.is_expelled(one.stay.me.sid) for one in honest)
            assert outsider is None or outsider.name not in roster(someone)
    return said


async def end(world: World, honest: list[Someone], said: list[str]) -> None:
    await world.clock.advance(QUIET_MS)
    await agree(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_nobody_is_called_a_liar_for_what_another_signed(seed: int) -> None:
    world, eve, honest = await room(seed, False)
    await end(world, honest, await talk(world, eve, honest, framed))


@pytest.mark.parametrize("seed", SEEDS)
async def test_who_is_last_in_line_changes_no_key(seed: int) -> None:
    """The others are here, and need none."""
    world, eve, honest = await room(seed, False)
    before = kids(honest)
    said = await talk(world, eve, honest, row_epoch)
    assert kids(honest) == before
    await end(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_who_is_first_changes_the_key_only_so_often(seed: int) -> None:
    world, eve, honest = await room(seed, True)
    changes: list[str] = []
    frames = honest[0].stay.peers.group._keyring.frames
    adopt = frames.adopt

    def counted(epoch: LiveEpoch, now_ms: int) -> None:
        changes.append(epoch.kid)
        adopt(epoch, now_ms)

    frames.adopt = counted  # type: ignore[method-assign]
    began_ms = world.clock.now_ms()
    said = await talk(world, eve, honest, row_epoch)
    lasted_ms = world.clock.now_ms() - began_ms
    assert 0 < len(changes) <= GRANT_BURST + lasted_ms // REKEY_INTERVAL_MS
    await end(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("lie", [unknown_book, swapped, stranger])
async def test_an_epoch_with_what_nobody_can_verify_is_not_used(seed: int, lie: Lie) -> None:
    """Decisions, a credential, a person."""
    world, eve, honest = await room(seed, True)
    before = kids(honest)
    await lie(eve)
    said = await talk(world, eve, honest)
    assert kids(honest) == before
    await next_epoch(eve)
    await end(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_who_tells_two_stories_is_out_and_all_see_the_same(seed: int) -> None:
    world, eve, honest = await room(seed, eve_is_first(seed))
    await two_stories(eve, honest)
    said = await talk(world, eve, honest)
    assert all(eve.is_out_of(someone) for someone in honest)
    assert len({tuple(someone.texts) for someone in honest}) == 1
    await end(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_who_says_goodbye_to_some_is_gone_for_all(seed: int) -> None:
    world, eve, honest = await room(seed, eve_is_first(seed))
    await world.clock.advance(REKEY_INTERVAL_MS)
    await gone_for_some(eve, honest)
    said = await talk(world, eve, honest)
    await world.clock.advance(HEALED_MS)
    assert all(eve.is_out_of(someone) for someone in honest)
    await end(world, honest, said)


def eve_is_first(seed: int) -> bool:
    return seed % 2 == 0


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_clock_at_its_end_silences_nobody(seed: int) -> None:
    world, eve, honest = await room(seed, eve_is_first(seed))
    await last_clock(eve, honest)
    await end(world, honest, await talk(world, eve, honest))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("lie", [epoch_with, false_pulse])
async def test_nobody_is_brought_back_who_went_without_a_word(
    seed: int, lie: Callable[[Adversary, PeerSession], Awaitable[None]]
) -> None:
    world, eve, (dee, *honest) = await room(seed, True)
    gone = dee.stay.me
    await world.clock.advance(REKEY_INTERVAL_MS)
    dee.chat.hide()
    await world.clock.advance(GONE_MS)
    said = await talk(world, eve, honest, lambda liar: lie(liar, gone), dee)
    await end(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_nobody_is_let_in_without_the_invite(seed: int) -> None:
    """A member knows the stranger, and hands on what the stranger shows, who does not go for having no invite."""
    world = World()
    ann, bob, eve, dee = [await world.person(name) for name in ("Ann", "Bob", "Eve", "Dee")]
    await world.run(ann.chat.create_room("Room", False))
    for someone in (bob, eve):
        await world.run(someone.chat.join_room(ann.chat.get_invite()))
    room_id, proof = ann.chat.get_invite().split(".")
    world.clock.spawn(_ignored(dee.chat.join_room(f"{room_id}.{'a' * 10}{proof[10:]}")))
    await world.clock.until(lambda: dee.chat._rooms.session is not None)
    dee.stay.peers.release = dee.stay.peers.epochs.release  # type: ignore[method-assign]
    await world.clock.advance(4_000)
    outsider = dee.stay.me
    said = await talk(world, Adversary(eve, seed, []), [ann, bob], lambda liar: epoch_with(liar, outsider), dee)
    assert ann.stay.peers.group.drops[PSK_PROOF] > 0
    await end(world, [ann, bob], said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_nobody_is_let_in_whom_no_host_lets_in(seed: int) -> None:
    world = World()
    ann, bob, eve = await with_approval(world, "Ann", "Bob", "Eve")
    dee = await ask_in(world, "Dee", ann)
    waits = dee.stay.me
    said = await talk(world, Adversary(eve, seed, []), [ann, bob], lambda liar: epoch_with(liar, waits), dee)
    await end(world, [ann, bob], said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_true_words_prove_no_lie(seed: int) -> None:
    """The host, who made the room, has let all of them in one after the other."""
    world = World()
    ann, eve, *others = await world.room("Ann", "Eve", "Bob", "Cid")
    honest = [ann, *others]
    said = [f"line {number}" for number in range(2)]
    for line in said:
        await ann.chat.send_message(line)
    await world.clock.advance(1_000)
    said += await talk(world, Adversary(eve, seed, []), honest, lambda liar: slander(liar, ann))
    await end(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_words_that_nobody_signed_are_shown_to_nobody(seed: int) -> None:
    world, eve, honest = await room(seed, eve_is_first(seed))
    await other_words(eve, honest)
    said = await talk(world, eve, honest)
    assert not any("other words" in someone.texts for someone in honest)
    await end(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_words_that_she_withholds_are_told_by_others(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """She is faster than they are."""
    world, eve, honest = await room(seed, eve_is_first(seed))
    author, victim = honest[0], honest[-1]
    replica = victim.stay.peers.replica
    with monkeypatch.context() as patch:
        patch.setattr(replica, "take", lambda opened, take=replica.take: _hers(eve, take, opened))
        await author.chat.send_message("withheld")
        await world.clock.advance(20)
        await withhold(eve, author, victim)
        await world.clock.advance(20)
    assert replica.log.chain(author.stay.me.sid).last == 1
    assert "withheld" not in victim.texts
    await end(world, honest, ["withheld", *await talk(world, eve, honest)])


async def _hers(eve: Adversary, take: Callable[[OpenedFrame], Awaitable[None]], opened: OpenedFrame) -> None:
    """What the others send is lost meanwhile."""
    if opened.sid == eve.eve.stay.me.sid:
        await take(opened)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("is_asked", "most"), [(False, EVENTS_BURST + 2), (True, 0)], ids=["news", "answers"])
async def test_a_member_brings_only_so_much_unasked(seed: int, is_asked: bool, most: int) -> None:
    world, eve, honest = await room(seed, eve_is_first(seed))
    await flood(eve, honest, EVENTS_BURST + 50, is_asked)
    await world.clock.advance(50)
    replica = honest[0].stay.peers.replica
    chain = replica.log.chain(eve.eve.stay.me.sid)
    came = len(chain.entries) + len(chain.waiting)
    assert (0 if is_asked else EVENTS_BURST) <= came <= most
    await world.close()


async def _ignored(call: Coroutine[Any, Any, object]) -> None:
    with suppress(Exception):
        await call
