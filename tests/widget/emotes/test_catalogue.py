"""The emotes that a room may use: merged, kept on the device, asked for again behind, and never in a storm."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.tabs import reload
from tests.fakes.world import AUTH, SIGNAL, Someone, World
from widget.chat.chat import ChatCore
from widget.core.config import ChatConfig
from widget.emotes.limits import ASKS, FRESH_MS, SHELF, TIRED_MS
from widget.errors import ConfigError
from widget.model import EmoteData

SET = "01HXSTRXNDEM0SET0000000001"
OTHER = "01HXSTRXNDEM0SET0000000002"
CHANNEL = "700000001"
IDS = {name: f"01HXSTRXNDEM0{place:013d}" for place, name in enumerate(["wave", "owl", "rain", "lark", "Wave"])}
OURS = "ab" * 16


def answer(*names: str, emote_set: str = "s") -> bytes:
    return json.dumps({"set": emote_set, "emotes": [{"id": IDS[name], "name": name} for name in names]}).encode()


OWN = json.dumps({"set": "", "emotes": [{"id": OURS, "name": "ours"}, {"id": OURS, "name": "wave"}]}).encode()


def names(someone: Someone) -> list[str]:
    return [f"{emote.name} {emote.source}" for emote in someone.chat.get_state().emotes]


def asked(world: World, path: str) -> int:
    return world.signaling.calls.count(f"GET /emotes/{path}")


async def alone(world: World, storage: MemoryStorage | None = None, **choice: Any) -> Someone:
    """Somebody in a room of their own."""
    ann = await world.person("Ann", storage=storage)
    await world.run(ann.chat.create_room("Room", **choice))
    await world.clock.advance(1_000)
    return ann


def set_up(world: World, someone: Someone, **settings: Any) -> Someone:
    """The same person, with a page that says more."""
    config = ChatConfig(AUTH, SIGNAL, world.realm.service_key, **settings)
    return replace(someone, chat=ChatCore(config, someone.platform))


async def test_the_first_of_a_name_wins_sites_own_then_room_then_everybodys(world: World) -> None:
    world.signaling.emotes = {
        "custom": OWN, f"7tv/set/{SET}": answer("wave", "owl"), f"7tv/twitch/{CHANNEL}": answer("owl", "rain"),
        "global": answer("rain", "lark", "Wave"),
    }  # fmt: skip
    ann = await alone(world, emote_set=SET, twitch_channel=CHANNEL)
    assert names(ann) == [
        "ours custom", "wave custom", "owl room", "rain room", "lark global", "Wave global",
    ]  # fmt: skip
    assert ann.chat.get_state().emotes[2].url == f"https://cdn.7tv.app/emote/{IDS['owl']}/1x.webp"
    assert ann.chat.get_state().emotes[0].url == f"{SIGNAL}/emotes/custom/{OURS}/1x.webp"


async def test_the_site_chooses_too_behind_the_room(world: World) -> None:
    world.signaling.emotes = {
        f"7tv/set/{SET}": answer("owl"), f"7tv/set/{OTHER}": answer("owl", "wave"), "global": answer("wave", "lark"),
        f"7tv/twitch/{CHANNEL}": answer("rain"),
    }  # fmt: skip
    ann = set_up(world, await world.person("Ann"), emote_set=OTHER, twitch_channel=CHANNEL)
    world.people.append(ann)
    await world.run(ann.chat.restore())
    await world.run(ann.chat.create_room("Room", emote_set=SET))
    await world.clock.advance(1_000)
    assert names(ann) == ["owl room", "wave site", "rain site", "lark global"]


async def test_pictures_come_from_where_the_owner_of_the_page_says(world: World) -> None:
    world.signaling.emotes = {"global": answer("owl")}
    ann = set_up(world, await world.person("Ann"), emote_cdn_url="http://localhost:8000/stand-in/")
    world.people.append(ann)
    await world.run(ann.chat.restore())
    await world.run(ann.chat.create_room("Room"))
    await world.clock.advance(1_000)
    assert ann.chat.get_state().emotes[0].url == f"http://localhost:8000/stand-in/emote/{IDS['owl']}/1x.webp"


@pytest.mark.parametrize(("settings", "code"), [
    ({"emote_set": "x"}, "config.emotes"), ({"emote_set": SET.lower()}, "config.emotes"),
    ({"twitch_channel": "harbour"}, "config.emotes"), ({"twitch_channel": "1" * 21}, "config.emotes"),
    ({"emote_cdn_url": "http://cdn.example"}, "config.url"), ({"emote_cdn_url": ""}, "config.url"),
])  # fmt: skip
def test_a_choice_that_cannot_be_is_told_to_the_owner_of_the_page(
    world: World, settings: dict[str, Any], code: str
) -> None:
    config = ChatConfig(AUTH, SIGNAL, world.realm.service_key, **settings)
    with pytest.raises(ConfigError) as caught:
        ChatCore(config, world.platform())
    assert caught.value.code == code


@pytest.mark.parametrize("choice", [{"emote_set": "x"}, {"twitch_channel": "harbour"}])
async def test_a_room_is_not_made_with_a_choice_that_cannot_be(world: World, choice: dict[str, Any]) -> None:
    ann = await world.person("Ann")
    error = await world.failing(ann.chat.create_room("Room", **choice))
    assert error.code == "room.emotes"
    assert world.signaling.rooms == {}


async def test_everybody_in_the_room_has_the_hosts_emotes_also_who_comes_later(world: World) -> None:
    world.signaling.emotes = {f"7tv/set/{SET}": answer("owl"), f"7tv/twitch/{CHANNEL}": answer("rain")}
    ann = await alone(world, emote_set=SET)
    room = ann.chat.get_state().room
    assert room is not None
    assert (room.emote_set, room.twitch_channel) == (SET, "")
    bob = await world.person("Bob")
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    assert names(bob) == names(ann) == ["owl room"]
    await world.run(ann.chat.set_emotes(twitch_channel=CHANNEL))
    await world.clock.advance(2_000)
    assert names(bob) == names(ann) == ["rain room"]
    eve = await world.person("Eve")
    await world.run(eve.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    assert names(eve) == ["rain room"]
    await world.run(ann.chat.set_emotes())
    await world.clock.advance(2_000)
    assert [names(one) for one in (ann, bob, eve)] == [[], [], []]
    fay = await world.person("Fay")
    await world.run(fay.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    assert names(fay) == []


async def test_only_the_host_chooses(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    error = await world.failing(bob.chat.set_emotes(SET))
    assert error.code == "room.power"
    error = await world.failing(ann.chat.set_emotes("x"))
    assert error.code == "room.emotes"


async def test_a_page_that_is_loaded_anew_knows_what_the_host_chose(world: World) -> None:
    world.signaling.emotes = {f"7tv/set/{SET}": answer("owl")}
    storage = MemoryStorage()
    ann = await alone(world, storage, emote_set=SET)
    again = await reload(world, ann, storage)
    room = again.chat.get_state().room
    assert room is not None
    assert room.emote_set == SET
    assert names(again) == ["owl room"]


@pytest.mark.parametrize("is_down", [True, False])
async def test_without_the_service_or_the_set_the_chat_works_and_nothing_is_said(world: World, is_down: bool) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.emotes = {}
    if is_down:
        world.signaling.emotes = {"global": b"<html>", "custom": b'{"set":5}'}
    await world.clock.advance(2 * FRESH_MS + 1)
    await ann.chat.send_message("hello")
    await world.clock.advance(1_000)
    assert bob.texts == ["hello"]
    assert (names(ann), ann.errors, bob.errors, ann.news) == ([], [], [], ["Bob joined."])


async def test_at_the_second_visit_they_are_there_at_once_and_renewed_behind(world: World) -> None:
    storage = MemoryStorage()
    world.signaling.emotes = {"global": answer("owl")}
    ann = await alone(world, storage)
    await world.clock.advance(FRESH_MS + 1)
    calls = asked(world, "global")
    world.signaling.emotes = {"global": answer("owl", "lark")}
    await world.clock.advance(1_000)
    world.signaling.delay_ms = 3_000
    again = await reload(world, ann, storage)
    await world.clock.advance(100)
    assert names(again) == ["owl global"]
    await world.clock.advance(8_000)
    assert names(again) == ["owl global", "lark global"]
    assert asked(world, "global") > calls


async def test_what_is_fresh_is_not_asked_for_again(world: World) -> None:
    storage = MemoryStorage()
    world.signaling.emotes = {"global": answer("owl"), "custom": OWN}
    ann = await alone(world, storage)
    before = asked(world, "global")
    again = await reload(world, ann, storage)
    await world.clock.advance(5_000)
    assert names(again) == ["ours custom", "wave custom", "owl global"]
    assert asked(world, "global") == before


async def test_what_a_clock_kept_that_was_ahead_is_asked_for(world: World) -> None:
    storage = MemoryStorage()
    world.signaling.emotes = {"global": answer("owl")}
    ann = await alone(world, storage)
    for name in [name for name in storage.records if name.startswith("emotes ")]:
        ahead_ms = world.clock.now_ms() + 9_000_000
        storage.records[name] = f"{ahead_ms} global\n{answer('owl').decode()}".encode()
    before = asked(world, "global")
    await reload(world, ann, storage)
    await world.clock.advance(2_000)
    assert asked(world, "global") == before + 1


async def test_a_page_may_keep_nothing(world: World) -> None:
    world.signaling.emotes = {"global": answer("owl")}
    storage = MemoryStorage()
    ann = set_up(world, await world.person("Ann", storage=storage), emote_cache=False)
    world.people.append(ann)
    await world.run(ann.chat.restore())
    await world.run(ann.chat.create_room("Room"))
    await world.clock.advance(1_000)
    assert names(ann) == ["owl global"]
    assert [name for name in storage.records if name.startswith("emotes ")] == []


async def test_a_device_keeps_so_many_sets_and_none_after_signing_out(world: World) -> None:
    storage = MemoryStorage()
    sets = [f"{number:024x}" for number in range(4 * SHELF)]
    world.signaling.emotes = {f"7tv/set/{one}": answer("owl") for one in sets}
    ann = await alone(world, storage)
    for one in sets[:SHELF]:
        await world.run(ann.chat.set_emotes(one))
        await world.clock.advance(40_000)
    kept = [name for name in storage.records if name.startswith("emotes ")]
    assert SHELF // 3 < len(kept) <= SHELF
    await world.run(ann.chat.logout())
    assert [name for name in storage.records if name.startswith("emotes ")] == []


class Silent(MemoryStorage):
    """Never answers for these, as Safari 14 may not."""

    async def kept(self, folder: str) -> list[bytes]:
        if folder.startswith("emotes "):
            await asyncio.get_running_loop().create_future()
        return await super().kept(folder)


async def test_a_disk_that_never_answers_or_is_full_costs_only_what_was_kept(world: World) -> None:
    world.signaling.emotes = {"global": answer("owl")}
    storage = Silent()
    storage.is_full = True
    ann = await alone(world, storage)
    await world.clock.advance(2_000)
    assert names(ann) == ["owl global"]


async def test_nonsense_on_the_disk_is_none(world: World) -> None:
    world.signaling.emotes = {"global": answer("owl")}
    storage = MemoryStorage()
    ann = await alone(world, storage)
    for name in [name for name in storage.records if name.startswith("emotes ")]:
        storage.records[name] = f"{world.clock.now_ms()} global\n<html>".encode()
    again = await reload(world, ann, storage)
    await world.clock.advance(2_000)
    assert names(again) == ["owl global"]


async def test_nothing_known_leaves_what_was_known_and_a_set_that_is_gone_is_gone(world: World) -> None:
    world.signaling.emotes = {"global": answer("owl")}
    ann = await alone(world)
    world.signaling.emotes = {"global": answer(emote_set="")}
    await world.clock.advance(2 * FRESH_MS)
    assert names(ann) == ["owl global"]
    world.signaling.emotes = {"global": b"<html>"}
    await world.clock.advance(4 * FRESH_MS)
    assert names(ann) == ["owl global"]
    world.signaling.emotes = {}
    await world.clock.advance(8 * FRESH_MS)
    assert names(ann) == []


async def test_what_is_the_same_again_is_no_news(world: World) -> None:
    world.signaling.emotes = {"global": answer("owl")}
    ann = await alone(world)
    shown: list[EmoteData] = ann.chat.get_state().emotes
    calls = asked(world, "global")
    await world.clock.advance(3 * FRESH_MS)
    assert asked(world, "global") > calls
    assert ann.chat.get_state().emotes is shown


@pytest.mark.no_cover
async def test_it_is_asked_for_every_five_to_ten_minutes_and_seldom_of_a_service_that_fails(world: World) -> None:
    world.signaling.emotes = {"global": answer("owl")}
    await alone(world)
    assert asked(world, "global") == 1
    await world.clock.advance(12 * FRESH_MS)
    assert 6 <= asked(world, "global") <= 12
    before = asked(world, "custom")
    assert before < 6  # it is not there
    await world.clock.advance(4 * TIRED_MS)
    assert asked(world, "custom") - before <= 5


async def test_whoever_changes_the_emotes_again_and_again_sends_nobody_asking(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    before = len([call for call in world.signaling.calls if call.startswith("GET /emotes/7tv/")])
    for number in range(5 * ASKS):
        await world.run(ann.chat.set_emotes(f"{number:024x}"))
    await world.clock.advance(1_000)
    room = bob.chat.get_state().room
    assert room is not None
    assert room.emote_set == f"{5 * ASKS - 1:024x}"
    asks = len([call for call in world.signaling.calls if call.startswith("GET /emotes/7tv/")]) - before
    assert asks <= 2 * (ASKS + 2)


async def test_in_no_room_nothing_is_asked_for(world: World) -> None:
    world.signaling.emotes = {"global": answer("owl")}
    ann = await alone(world)
    await world.run(ann.chat.leave_room())
    before = asked(world, "global")
    await world.clock.advance(10 * FRESH_MS)
    assert asked(world, "global") == before
    assert names(ann) == ["owl global"]
