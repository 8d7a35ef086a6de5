"""A site's own emotes: added and removed by its owner, read by its pages, kept in a folder or a bucket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from signaling.emotes.parts import Parts, parts
from signaling.emotes.shelf import Shelf
from signaling.emotes.site_emotes import SiteEmotes
from signaling.worker import UNKEYED
from tests.fakes.s3 import bucket
from tests.signaling.answers import body
from tests.signaling.emotes.drawing import moving, opened, saved, still
from tests.signaling.member import ORIGIN
from tests.signaling.world import OTHER_ORIGIN, World

MakeWorld = Callable[..., Awaitable[World]]
DAY_S = 86_400
SITE = "/emotes/custom"


def of(world: World) -> Parts:
    return parts(world.settings, world.stores[0], UNKEYED, world.moment.now_s, world.worker.log)


async def minted(world: World, origin: str = ORIGIN, days: int = 1) -> str:
    return await of(world).tokens.mint(origin, days, int(world.moment.now_s()))


class Owner:
    """Of a site, with a token."""

    def __init__(self, world: World, token: str, origin: str = ORIGIN, worker: int = 0) -> None:
        self._http = world.servers[worker].http
        self._given = {"authorization": f"Bearer {token}", "origin": origin}

    async def add(self, name: str, data: bytes | AsyncIterator[bytes], kind: str = "image/png") -> httpx.Response:
        given = {**self._given, "content-type": kind}
        return await self._http.post(f"{SITE}?name={name}", content=data, headers=given)

    async def remove(self, emote_id: str) -> httpx.Response:
        return await self._http.delete(f"{SITE}/{emote_id}", headers=self._given)


@pytest.fixture
async def owner(world: World) -> Owner:
    return Owner(world, await minted(world))


async def listed(world: World, origin: str = ORIGIN) -> list[str]:
    answer = await world.get(SITE, origin=origin)
    assert answer.status_code == 200
    return [emote["name"] for emote in answer.json()["emotes"]]


def files(world: World) -> list[str]:
    return sorted(path.name for path in Path(world.settings.emote_shelf).rglob("*") if path.is_file())


def contents(world: World) -> list[bytes]:
    return [path.read_bytes() for path in Path(world.settings.emote_shelf).rglob("*") if path.is_file()]


async def test_an_emote_is_added_listed_shown_and_removed(world: World, owner: Owner) -> None:
    added = await owner.add("wave", moving(4, 64, 32), "image/gif")
    assert added.status_code == 201
    emote = added.json()
    assert emote == {"id": emote["id"], "name": "wave", "width": 64, "animated": True, "sizes": [1, 2, 4]}
    answer = await world.get(SITE)
    assert answer.json() == {"set": "", "emotes": [emote]}
    assert answer.headers["cache-control"] == "public, max-age=60"
    again = await world.servers[0].http.get(SITE, headers={"origin": ORIGIN, "if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    shown = await world.get(f"{SITE}/{emote['id']}/2x.webp", origin="")
    assert (opened(shown.content).size, shown.headers["content-type"]) == ((128, 64), "image/webp")
    assert (await owner.remove(emote["id"])).status_code == 204
    assert await listed(world) == []
    assert files(world) == []
    assert await body(world, await world.get(f"{SITE}/{emote['id']}/2x.webp")) == (404, "emotes.unknown")
    assert await body(world, await owner.remove(emote["id"])) == (404, "emotes.unknown")


async def test_every_address_of_a_picture_shows_one(world: World, owner: Owner) -> None:
    moves = (await owner.add("moves", moving(3), "image/gif")).json()["id"]
    rests = (await owner.add("rests", still())).json()["id"]
    for emote_id, frames in ((moves, 3), (rests, 1)):
        for size in (1, 2, 4):
            for still_one in ("", "_static"):
                for form in ("webp", "png"):
                    answer = await world.get(f"{SITE}/{emote_id}/{size}x{still_one}.{form}", origin="")
                    image = opened(answer.content)
                    assert (image.format, image.height) == (form.upper(), 32 * size)
                    told = getattr(image, "n_frames", 1)
                    assert told == (frames if form == "webp" and still_one == "" else 1)


async def test_a_picture_is_served_as_nothing_but_a_picture(world: World, owner: Owner) -> None:
    emote_id = (await owner.add("wave", still())).json()["id"]
    headers = (await world.get(f"{SITE}/{emote_id}/1x.png", origin="")).headers
    assert headers["content-type"] == "image/png"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["content-disposition"] == "inline"
    assert "set-cookie" not in headers


@pytest.mark.no_cover
@pytest.mark.parametrize("file", [
    "3x.webp", "1x.gif", "1x.webp.exe", "1x_static", "..%2F..%2Fsecret", "1x.WEBP", "%2e%2e", "1x.webp%00",
    "1x.webp%0A",
])  # fmt: skip
async def test_no_other_file_is_reached(world: World, owner: Owner, file: str) -> None:
    emote_id = (await owner.add("wave", still())).json()["id"]
    (Path(world.settings.emote_shelf) / "secret").write_bytes(b"SECRET")
    for start in (emote_id, "..", emote_id.upper(), emote_id[:-1] + "g"):
        answer = await world.get(f"{SITE}/{start}/{file}", origin="")
        assert (answer.status_code, b"SECRET" in answer.content) == (404, False)


async def test_sites_have_nothing_of_each_other(world: World, owner: Owner) -> None:
    other = Owner(world, await minted(world, OTHER_ORIGIN), OTHER_ORIGIN)
    mine, theirs = [(await one.add("wave", still())).json()["id"] for one in (owner, other)]
    assert mine != theirs
    assert await body(world, await other.remove(mine)) == (404, "emotes.unknown")
    await other.remove(theirs)
    assert (await listed(world), await listed(world, OTHER_ORIGIN)) == (["wave"], [])
    assert (await world.get(f"{SITE}/{mine}/1x.webp", origin="")).status_code == 200


async def test_an_id_is_the_hash_of_the_pictures(world: World, owner: Owner) -> None:
    first = (await owner.add("wave", still())).json()["id"]
    other = (await owner.add("wide", still(64, 32))).json()["id"]
    await owner.remove(first)
    assert (await owner.add("again", still(64, 64, "PNG", compress_level=1))).json()["id"] == first
    assert first != other
    assert len(first) == 32
    assert set(first) <= set("0123456789abcdef")


@pytest.mark.parametrize("name", ["wave", "Wave", "WAVE"])
async def test_a_name_counts_once_whatever_its_capitals(world: World, owner: Owner, name: str) -> None:
    await owner.add("wave", still())
    assert await body(world, await owner.add(name, still(64, 32))) == (409, "emotes.taken")
    assert await listed(world) == ["wave"]
    assert len(files(world)) == 6


async def test_where_another_was_a_moment_earlier_nothing_is_left_of_the_second(
    make: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def passes(*_given: object) -> None:
        """As if the other had come between this look and the list."""

    monkeypatch.setattr(SiteEmotes, "_refuse_taken", passes)
    world = await make(site_emotes=2)
    owner = Owner(world, await minted(world))
    await owner.add("wave", still())
    assert await body(world, await owner.add("WAVE", still(50, 20))) == (409, "emotes.taken")
    await owner.add("wide", still(64, 32))
    assert await body(world, await owner.add("third", still(50, 20))) == (409, "emotes.full")
    assert await listed(world) == ["wave", "wide"]
    assert len(files(world)) == 12


async def test_a_picture_counts_once_and_stays_that_of_the_first(world: World, owner: Owner) -> None:
    await owner.add("wave", still())
    assert await body(world, await owner.add("other", still())) == (409, "emotes.taken")
    assert len(files(world)) == 6


@pytest.mark.no_cover
@pytest.mark.parametrize(("name", "status"), [
    ("a", 400), ("ab", 201), ("A_9" + "x" * 29, 201), ("x" * 33, 400), ("", 400), ("a b", 400), ("a-b", 400),
    ("ä1", 400),
    ("ab%0A", 400), (":ab:", 400),
])  # fmt: skip
async def test_a_name_has_a_form(world: World, owner: Owner, name: str, status: int) -> None:
    answer = await owner.add(name, still())
    assert answer.status_code == status
    assert status == 201 or answer.json()["code"] == "emotes.name"


@pytest.mark.parametrize(("before", "status"), [(1, 201), (2, 409)])
async def test_a_site_has_so_many(make: MakeWorld, before: int, status: int) -> None:
    world = await make(site_emotes=2)
    owner = Owner(world, await minted(world))
    for number in range(before):
        assert (await owner.add(f"e{number}", still(64, 60 + number))).status_code == 201
    answer = await owner.add("last", still(50, 20))
    assert answer.status_code == status
    assert status == 201 or answer.json()["code"] == "emotes.full"
    assert len(files(world)) == 6 * (before + (status == 201))


async def test_a_file_has_so_many_bytes(make: MakeWorld) -> None:
    data = still()
    for most, status in ((len(data) + 1, 201), (len(data), 409), (len(data) - 1, 413)):
        world = await make(emote_upload_bytes=most)
        owner = Owner(world, await minted(world))
        answer = await owner.add("wave", data)
        assert answer.status_code == status

    async def parts_of_it() -> AsyncIterator[bytes]:  # nobody says how much it will be
        yield data[:100]
        yield data[100:]

    answer = await owner.add("wave", parts_of_it())
    assert await body(world, answer) == (413, "emotes.bytes")


@pytest.mark.parametrize("way", ["Content-Length", "Transfer-Encoding"])
async def test_50_mb_are_refused_before_they_are_read(world: World, way: str) -> None:
    most = world.settings.limits.emote_upload_bytes
    size, sent = (str(50 * most), b"") if way == "Content-Length" else ("chunked", chunk(most + 1))
    reader, writer = await asyncio.open_connection("127.0.0.1", int(world.servers[0].host.split(":")[1]))
    head = {
        "POST": f"{SITE}?name=wave HTTP/1.1", "Host:": "x", "Origin:": ORIGIN, "Content-Type:": "image/png",
        "Authorization:": f"Bearer {await minted(world)}", f"{way}:": size,
    }  # fmt: skip
    writer.write("".join(f"{name} {value}\r\n" for name, value in head.items()).encode() + b"\r\n" + sent)
    said = await asyncio.wait_for(reader.readuntil(b"\r\n"), 10)
    writer.close()
    await writer.wait_closed()
    assert b" 413 " in said


def chunk(size: int) -> bytes:
    """One of several: nobody knows yet how many."""
    return f"{size:x}\r\n".encode() + b"\0" * size + b"\r\n"


@pytest.mark.no_cover
@pytest.mark.parametrize(("data", "refused"), [
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", (415, "emotes.format")),
    (still()[:-9], (422, "emotes.broken")),
    (still() + b"<script>", (422, "emotes.tail")),
    (still(1001, 1000), (422, "emotes.pixels")),
    (moving(121), (422, "emotes.frames")),
])  # fmt: skip
async def test_what_cannot_be_used_is_refused_with_what_to_do(
    world: World, owner: Owner, data: bytes, refused: tuple[int, str]
) -> None:
    answer = await owner.add("wave", data)
    assert await body(world, answer) == refused
    assert answer.json()["detail"].endswith(".")
    assert (await listed(world), files(world)) == ([], [])


async def test_a_picture_that_costs_too_much_time_is_given_up(make: MakeWorld) -> None:
    world = await make(emote_wall_s=0.001)
    assert await body(world, await Owner(world, await minted(world)).add("wave", still())) == (422, "emotes.effort")
    world = await make(emote_memory_bytes=2 * 1024 * 1024)
    status, code = await body(world, await Owner(world, await minted(world)).add("wave", still()))
    assert (status, code) in ((422, "emotes.effort"), (422, "emotes.broken"))


async def test_while_one_is_drawn_a_second_of_the_site_has_to_wait(make: MakeWorld) -> None:
    world = await make(workers=2)
    one, two = [Owner(world, await minted(world), worker=number) for number in (0, 1)]
    both = await asyncio.gather(one.add("one", moving(60), "image/gif"), two.add("two", still()))
    assert sorted(answer.status_code for answer in both) == [201, 503]
    (waits,) = [answer for answer in both if answer.status_code == 503]
    assert waits.headers["retry-after"] == "2"


async def test_of_two_who_add_one_name_at_once_over_two_workers_one_has_it(make: MakeWorld) -> None:
    world = await make(workers=2)
    one, two = [Owner(world, await minted(world), worker=number) for number in (0, 1)]
    both = await asyncio.gather(one.add("wave", still()), two.add("Wave", still(64, 32)))
    assert sorted(answer.status_code for answer in both) == [201, 503]
    (added,) = [answer.json() for answer in both if answer.status_code == 201]
    for late, data in ((one, still()), (two, still(64, 32)), (two, still(50, 20))):
        assert await body(world, await late.add("WAVE", data)) == (409, "emotes.taken")
    assert await listed(world) == [added["name"]]
    assert len(files(world)) == 6


async def test_what_another_added_while_the_shelf_was_slow_keeps_its_pictures(
    world: World, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So slow that the turn of the first ended, and somebody else added the same picture."""
    put, others = Shelf.put, ["first"]

    async def slow(shelf: Shelf, emote_id: str, drawn: dict[str, bytes]) -> None:
        if len(others) > 0:
            await world.stores[0].command("DEL", f"cws:emotes:turn:site:{ORIGIN}")
            assert (await owner.add(others.pop(), still())).status_code == 201
        await put(shelf, emote_id, drawn)

    monkeypatch.setattr(Shelf, "put", slow)
    assert await body(world, await owner.add("second", still())) == (409, "emotes.taken")
    assert await listed(world) == ["first"]
    assert len(files(world)) == 6


async def test_a_worker_draws_one_at_a_time(world: World, owner: Owner) -> None:
    other = Owner(world, await minted(world, OTHER_ORIGIN), OTHER_ORIGIN)
    both = await asyncio.gather(owner.add("one", moving(60), "image/gif"), other.add("two", still()))
    assert sorted(answer.status_code for answer in both) == [201, 503]
    (waits,) = [answer for answer in both if answer.status_code == 503]
    assert waits.headers["retry-after"] == "5"


# Tokens


async def test_without_a_living_token_of_the_site_nothing_is_changed(world: World, owner: Owner) -> None:
    emote_id = (await owner.add("wave", still())).json()["id"]
    token = await minted(world)
    strangers = [
        Owner(world, "x"), Owner(world, "cwe1." + "x" * 43), Owner(world, token[:-1]),
        Owner(world, token, OTHER_ORIGIN), Owner(world, await minted(world, OTHER_ORIGIN)),
    ]  # fmt: skip
    for stranger in strangers:
        assert await body(world, await stranger.add("mine", still(50, 20))) == (401, "emotes.token")
        assert await body(world, await stranger.remove(emote_id)) == (401, "emotes.token")
    assert await listed(world) == ["wave"]


async def test_a_token_ends_by_itself_and_when_it_is_ended(world: World) -> None:
    token, tokens = await minted(world, days=2), of(world).tokens
    world.moment.go(2 * DAY_S - 1)
    assert (await Owner(world, token).add("wave", still())).status_code == 201
    world.moment.go(1)
    assert (await Owner(world, token).add("two", still(50, 20))).status_code == 401
    fresh = await minted(world)
    (living,) = await tokens.list(int(world.moment.now_s()))
    assert (living.origin, living.ends_s - living.made_s) == (ORIGIN, DAY_S)
    assert await tokens.end(living.number)
    assert not await tokens.end(living.number)
    assert (await Owner(world, fresh).add("two", still(50, 20))).status_code == 401


async def test_of_a_token_redis_and_the_log_have_nothing(world: World, redis_server: Any) -> None:
    token = await minted(world)
    await Owner(world, token).add("wave", still())
    await Owner(world, token + "x").add("other", still())
    for kept in (redis_server.dump().decode("latin-1"), world.log.getvalue()):
        assert token not in kept
        assert token.removeprefix("cwe1.") not in kept
    assert '"emotes.added"' in world.log.getvalue()
    assert "127.0.0.1" not in world.log.getvalue()


async def test_who_guesses_tokens_has_to_wait(make: MakeWorld) -> None:
    world = await make(failed_auths_per_ip_min=2)
    owner, stranger = Owner(world, await minted(world)), Owner(world, "cwe1." + "x" * 43)
    assert [(await stranger.remove("0" * 32)).status_code for _ in range(3)] == [401, 401, 429]
    assert (await owner.add("wave", still())).status_code == 429


async def test_a_site_changes_so_often_in_an_hour(make: MakeWorld) -> None:
    world = await make(emote_changes_per_site_hour=2)
    owner = Owner(world, await minted(world))
    assert [(await owner.remove("0" * 32)).status_code for _ in range(3)] == [404, 404, 429]
    world.moment.go(3601)
    assert (await owner.add("wave", still())).status_code == 201


async def test_an_address_loads_so_many_pictures_in_a_minute(make: MakeWorld) -> None:
    world = await make(emote_pictures_per_ip_min=2)
    path = f"{SITE}/{'0' * 32}/1x.webp"
    assert [(await world.get(path, origin="")).status_code for _ in range(3)] == [404, 404, 429]


async def test_a_page_of_another_site_cannot_use_the_owners_way(world: World, owner: Owner) -> None:
    http = world.servers[0].http
    asked = {"origin": ORIGIN, "access-control-request-method": "DELETE"}
    assert "DELETE" in (await http.options(SITE, headers=asked)).headers["access-control-allow-methods"]
    bare = await http.post(f"{SITE}?name=wave", content=still(), headers={"content-type": "image/png"})
    assert bare.status_code == 403
    answer = await owner.add("wave", still(), "application/x-www-form-urlencoded")
    assert await body(world, answer) == (415, "body.type")


# The shelf


async def test_a_folder_that_cannot_be_written_is_said(make: MakeWorld, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    world = await make(emote_shelf=str(tmp_path / "file"))
    owner = Owner(world, await minted(world))
    assert await body(world, await owner.add("wave", still())) == (503, "backend.down")
    assert await listed(world) == []
    assert '"emotes.shelf"' in world.log.getvalue()
    assert "no folder" not in world.log.getvalue()


async def test_a_bucket_keeps_them_too(make: MakeWorld) -> None:
    async with bucket() as kept:
        places = {"s3_endpoint": kept.url, "s3_key_id": "KEY", "s3_secret": "SECRET"}
        world = await make(emote_shelf="s3://chat/pictures", **places)
        owner = Owner(world, await minted(world))
        emote_id = (await owner.add("wave", still())).json()["id"]
        assert set(kept.kept) == {
            f"/chat/pictures/emotes/{emote_id}/{size}x.{form}" for size in (1, 2, 4) for form in ("png", "webp")
        }
        assert kept.signers == {"KEY"}
        shown = await world.get(f"{SITE}/{emote_id}/4x_static.webp", origin="")
        assert opened(shown.content).size == (128, 128)
        kept.is_down = True
        assert await body(world, await world.get(f"{SITE}/{emote_id}/1x.png", origin="")) == (503, "backend.down")
        assert await body(world, await owner.add("other", still(50, 20))) == (503, "backend.down")
        assert await body(world, await owner.remove(emote_id)) == (503, "backend.down")
        kept.is_down = False
        assert await listed(world) == ["wave"]
        assert (await owner.remove(emote_id)).status_code == 204
        assert kept.kept == {}
        assert "SECRET" not in world.log.getvalue()


async def test_what_is_sent_is_never_kept(world: World, owner: Owner) -> None:
    sent = saved(opened(still()), "WEBP", quality=100)
    await owner.add("wave", sent, "image/webp")
    kept = contents(world)
    assert len(kept) == 6
    assert sent not in kept
