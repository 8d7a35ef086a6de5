"""Somebody is put out, by members or by the service, and lies on meanwhile."""

from __future__ import annotations

import random

import pytest

from tests.adversary.judged import agree, roster
from tests.adversary.lies import row_epoch
from tests.adversary.seat import Adversary
from tests.fakes.effort import some
from tests.fakes.thief import with_thief
from tests.fakes.world import Someone, World
from tests.widget.core.test_moderation import sub

pytestmark = pytest.mark.no_cover
SEEDS = some(1, 500, 15)
ROUNDS = 12
LEFT_MS = 5_000
QUIET_MS = 60_000
REVOKED_S = 60  # who came by a withdrawn key is out by then
LATER_S = 6


def stays(eve: Someone, monkeypatch: pytest.MonkeyPatch) -> None:
    """She does not go."""
    monkeypatch.setattr(eve.stay, "_end", lambda error: None)
    believes_nothing(eve, monkeypatch)


def believes_nothing(someone: Someone, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is decided."""
    monkeypatch.setattr(someone.stay.peers.book, "take", lambda entries, refused: False)


async def speak(world: World, someone: Someone, said: list[str]) -> str:
    said.append(f"{someone.name} {len(said)}")
    await someone.chat.send_message(said[-1])
    return said[-1]


@pytest.mark.parametrize("seed", SEEDS)
async def test_who_is_removed_while_she_makes_the_keys_reads_nothing_more(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """The host is away, Eve is first in line, and a moderator removes her in the midst of her epochs. Dee keeps her."""
    world, dice, said, secret = World(), random.Random(seed), list[str](), list[str]()
    ann, eve, *honest, dee = await world.room("Ann", "Eve", "Bob", "Cid", "Fay", "Dee")
    await world.run(ann.chat.set_moderator(sub(honest[0]), True))
    await world.clock.advance(1_000)
    await world.run(ann.chat.leave_room())
    await world.clock.advance(LEFT_MS)
    stays(eve, monkeypatch)
    believes_nothing(dee, monkeypatch)
    adversary, eves, when = Adversary(eve, seed, []), eve.stay.me, dice.randrange(1, ROUNDS // 2)
    for number in range(ROUNDS):
        for _ in range(dice.randint(1, 3)):
            await row_epoch(adversary)
            await world.clock.advance(dice.choice([0, 50, 200]))
        if number == when:
            await world.run(honest[0].chat.remove_member(sub(eve), dice.random() < 0.5))
        speaker = dice.choice(honest)
        is_known = speaker.stay.peers.book.now.standing(eves) == "removed"
        line = await speak(world, speaker, said)
        secret += [line] if is_known else []
        await world.clock.advance(dice.choice([100, 1_000]))
    await world.clock.advance(QUIET_MS)
    assert len(secret) > 0
    assert not set(secret) & set(eve.texts)
    assert all("Eve" not in roster(someone) for someone in honest)
    await agree(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_whose_key_is_withdrawn_in_mid_talk_is_out_within_a_minute_whoever_helps(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """The service keeps the newer list from Bob, who so still believes in her, and she makes epochs meanwhile."""
    world, dice, said = World(), random.Random(seed), list[str]()
    ann, bob, eve, kid = await with_thief(world)
    cid, room = await world.person("Cid"), ann.chat.get_state().room
    assert room is not None
    await world.run(cid.chat.join_room(room.room_id))
    await world.clock.advance(LEFT_MS)
    adversary = Adversary(eve, seed, [])
    with monkeypatch.context() as patch:
        patch.setattr(bob.stay.peers.ends._trust, "is_due", lambda: False)
        world.realm.withdraw(kid)
        for second in range(REVOKED_S + LATER_S):
            if dice.random() < 0.5:
                await row_epoch(adversary)
            line = await speak(world, dice.choice([ann, cid]), said)
            await world.clock.advance(1_000)
            if second >= REVOKED_S:
                assert "Eve" not in roster(ann) | roster(cid)
                assert line not in eve.texts
    await world.clock.advance(QUIET_MS)
    await agree(world, [ann, bob, cid], said)
