"""A signing key of the sign-in service was withdrawn: whom it vouched for is out, in the pages that are open too."""

from __future__ import annotations

import pytest

from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.thief import with_thief
from tests.fakes.world import World
from widget.core.limits import LOOK_MS, TRUST_AGAIN_MS
from widget.crypto.credentials import Credentials
from widget.crypto.limits import KEYS_LIFE_MS
from widget.crypto.reasons import EPOCH_EXPELLED, TOKEN_KEY
from widget.native.drops import drops_of

KEYS = "/.well-known/cw-keys"


@pytest.mark.parametrize("blocked", [False, True])
async def test_whom_a_withdrawn_key_vouched_for_is_out_within_a_minute(world: World, blocked: bool) -> None:
    world.net.blocked = blocked
    ann, bob, eve, kid = await with_thief(world)
    world.realm.withdraw(kid)
    await world.clock.advance(60_000)
    for someone in (ann, bob):
        assert eve.stay.me.sid not in someone.stay.peers.group.roster
        assert "Eve" not in [name for name, link in someone.links.items() if link in ("direct", "relayed", "turn")]
    await ann.chat.send_message("without Eve")
    await world.clock.advance(60_000)
    assert (bob.texts, eve.texts) == (["without Eve"], [])
    assert ann.deliveries == ["delivered"]


async def test_whom_only_others_reach_is_out_as_well(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """And Bob, who does not know yet, cannot bring her back."""
    ann, bob, eve, kid = await with_thief(world)
    eves = eve.stay.me.sid
    ann.stay.peers.neighbours.known.pop(eves).close()
    monkeypatch.setattr(bob.stay.peers.ends._trust, "is_due", lambda: False)
    world.realm.withdraw(kid)
    await world.clock.advance(60_000)
    assert eves not in ann.stay.peers.group.roster
    assert drops_of(ann.chat)[f"cw.{EPOCH_EXPELLED}"] > 0
    monkeypatch.undo()
    await world.clock.advance(60_000)
    assert ann.stay.peers.group.kid == bob.stay.peers.group.kid
    assert eves not in bob.stay.peers.group.roster


async def test_who_is_in_a_room_asks_every_45_seconds_and_once_for_all(world: World) -> None:
    await world.room("Ann", "Bob")
    asked = world.auth.calls.count(KEYS)
    await world.clock.advance(10 * TRUST_AGAIN_MS + 10 * LOOK_MS)
    assert world.auth.calls.count(KEYS) == asked + 2 * 10


async def test_a_list_that_is_the_same_makes_nobody_be_verified_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, _ = await world.room("Ann", "Bob")
    checked: list[bytes] = []
    check = Credentials.check

    async def noting(self: Credentials, credential: bytes, *given: object) -> object:
        checked.append(credential)
        return await check(self, credential, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Credentials, "check", noting)
    await world.clock.advance(TRUST_AGAIN_MS + LOOK_MS)
    assert checked == []
    world.realm.withdraw("00" * 8)
    await world.clock.advance(TRUST_AGAIN_MS + LOOK_MS)
    assert ann.stay.me.credential in checked
    assert len(checked) == 4


async def test_while_the_service_is_away_everybody_stays(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.auth.is_down = True
    await world.clock.advance(600_000)
    assert (ann.links, bob.links) == ({"Bob": "direct"}, {"Ann": "direct"})


async def test_who_saw_a_newer_list_believes_no_older_one(world: World) -> None:
    storage = MemoryStorage()
    ann = await world.person("Ann", storage=storage)
    older = world.realm.cw_keys()
    await world.clock.advance(1_000)
    world.realm.withdraw("00" * 8)
    await ann.chat._auth._service.fetch_trust()
    world.realm.cw_keys = lambda: older  # type: ignore[method-assign]
    assert (await world.failing(ann.chat._auth._service.fetch_trust())).code == "keys.old"
    again = world.chat("Ann", storage=storage)
    assert (await world.failing(again.chat._auth._service.fetch_trust())).code == "keys.old"
    stranger = world.chat("Bob")
    assert (await world.run(stranger.chat._auth._service.fetch_trust())).iat_ms > 0


@pytest.mark.parametrize(("after_ms", "good"), [(KEYS_LIFE_MS - 1, True), (KEYS_LIFE_MS, False)])
async def test_a_list_counts_for_a_day_after_it_was_fetched(world: World, after_ms: int, good: bool) -> None:
    ann, bob = await world.room("Ann", "Bob")
    credentials = ann.stay.peers.seat._credentials
    trust = await world.run(ann.chat._auth._service.fetch_trust())
    credentials._known.clear()
    credentials.use_trust(trust)
    began_ms = world.clock.now_ms()
    me = bob.stay.me
    later_ms = began_ms + after_ms
    if good:
        assert (await credentials.check(me.credential, b"", later_ms, True)).sid == me.sid
    else:
        error = await world.failing(credentials.check(me.credential, b"", later_ms, True))
        assert getattr(error, "reason", 0) == TOKEN_KEY
