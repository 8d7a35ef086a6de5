"""What stands in for 7TV in the demo: a channel in 7TV's shapes, and pictures of every size."""

from __future__ import annotations

import io

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette

from examples.demo.pages import EXAMPLES, localised
from examples.demo.seven_tv import CHANNEL, EMOTES, IDS, SET_ID, mount
from signaling.emotes.seven_tv import read_channel, read_set


@pytest.fixture
def client() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(Starlette(routes=[mount()]))
    return httpx.AsyncClient(transport=transport, base_url="http://demo.test")


async def test_the_channel_of_the_game_has_its_emotes(client: httpx.AsyncClient) -> None:
    channel = read_channel((await client.get(f"/7tv/v3/users/twitch/{CHANNEL}")).json(), 100, False)
    assert channel is not None
    assert (channel.set_id, channel.inside) == (SET_ID, None)
    found = read_set((await client.get(f"/7tv/v3/emote-sets/{SET_ID}")).json(), 100, False)
    assert found is not None
    assert {emote.name: emote.zero_width for emote in found.emotes} == {name: name == "rainOver" for name in EMOTES}
    everybody = read_set((await client.get("/7tv/v3/emote-sets/global")).json(), 100, False)
    assert everybody is not None
    assert (everybody.id != "", everybody.emotes) == (True, ())
    assert CHANNEL in (EXAMPLES / "gaming.html").read_text("utf-8")


@pytest.mark.parametrize(("name", "moves"), [(name, moves) for name, (_, moves) in EMOTES.items()])
async def test_each_picture_is_there_in_every_size_and_moves_where_it_should(
    client: httpx.AsyncClient, name: str, moves: bool
) -> None:
    (emote_id,) = [one for one, called in IDS.items() if called == name]
    for file in ("1x.webp", "4x.webp", "2x_static.webp", "1x_static.png", "3x.png"):
        answer = await client.get(f"/7tv/emote/{emote_id}/{file}")
        picture = Image.open(io.BytesIO(answer.content))
        assert picture.size == (32 * int(file[0]), 32 * int(file[0]))
        form = file.split(".")[1]
        assert (answer.headers["content-type"], picture.format) == (f"image/{form}", form.upper())
        assert getattr(picture, "is_animated", False) == (moves and file in ("1x.webp", "4x.webp"))


@pytest.mark.parametrize("path", [
    "v3/emote-sets/other", "v3/users/twitch/1", "emote/01HXSTRXNDEM0DRAWN00000009/1x.webp",
    f"emote/{next(iter(IDS))}/5x.webp", f"emote/{next(iter(IDS))}/1x.gif", f"emote/{next(iter(IDS))}/1x",
])  # fmt: skip
async def test_there_is_nothing_else(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(f"/7tv/{path}")).status_code == 404


def test_the_pages_of_the_demo_ask_nobody_else_for_pictures() -> None:
    page = localised((EXAMPLES / "gaming.html").read_text("utf-8"), "http://localhost:8000", "key")
    assert "emoteCdnUrl: 'http://localhost:8000/7tv'" in page
    assert "cdn.7tv.app" not in page
