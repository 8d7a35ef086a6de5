"""Emotes through `python -m signaling serve` with two workers: the processes that draw are children of real ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from signaling.emotes.routes import route_of
from tests.fakes.redis_server import RedisServer
from tests.fakes.seven_tv import SevenTv
from tests.signaling.emotes.drawing import moving, opened
from tests.signaling.member import ORIGIN
from tests.signaling.service import Service, serving

pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parents[3]


async def test_two_workers_have_the_same_emotes(tmp_path: Path, redis_server: RedisServer, there: SevenTv) -> None:
    shelf = {"SIGNALING_EMOTE_SHELF": str(tmp_path / "shelf")}
    places = {"SIGNALING_SEVEN_TV": "1", "SIGNALING_SEVEN_TV_URL": there.url, **shelf}
    async with serving(tmp_path, redis_server, **places) as service:
        token = minted(redis_server, shelf)
        async with client(service) as one, client(service) as other:
            owner = {"authorization": f"Bearer {token}", "content-type": "image/gif"}
            data = moving(5, 64, 32)
            emote_id = (await one.post("/emotes/custom?name=wave", content=data, headers=owner)).json()["id"]
            for page in (one, other):
                assert [emote["id"] for emote in (await page.get("/emotes/custom")).json()["emotes"]] == [emote_id]
                shown = await page.get(f"/emotes/custom/{emote_id}/2x.webp")
                assert opened(shown.content).size == (128, 64)
                assert (await page.get("/emotes/global")).json()["emotes"][0]["name"] == "harbourWave"
                knocked = await page.head("/emotes/global")  # what a page asks that looks for a service
                assert (knocked.status_code, knocked.content) == (200, b"")
                assert knocked.headers["access-control-allow-origin"] == ORIGIN
    assert len(there.asked) == 1


def client(service: Service) -> httpx.AsyncClient:
    """Its one connection is with one worker; the next client's is with the other, which has fewer."""
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{service.port}", headers={"origin": ORIGIN}, timeout=60)


def minted(redis: RedisServer, environ: dict[str, str]) -> str:
    command = [sys.executable, "-m", "signaling", "emotes", "token", ORIGIN]
    given = {"REDIS_URL": redis.url, "REDIS_TIMEOUT_MS": "10000", **environ}
    return subprocess.run(command, capture_output=True, text=True, env=given, cwd=ROOT, check=True).stdout.strip()


def test_the_service_itself_has_nothing_loaded_that_reads_pictures() -> None:
    program = "import sys, signaling.serve; print(sorted({'PIL', 'obstore'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT).stdout == "[]\n"


@pytest.mark.parametrize(("path", "route"), [
    ("/emotes/global", "/emotes/global"), ("/emotes/custom", "/emotes/custom"),
    ("/emotes/custom/x", "/emotes/custom/{id}"), ("/emotes/custom/x/1x.webp", "/emotes/custom/{id}/{file}"),
    ("/emotes/7tv/set/x", "/emotes/7tv/set/{id}"),
    ("/emotes/7tv/twitch/7", "/emotes/7tv/twitch/{id}"), ("/emotes/7tv/set/x/y", ""), ("/emotes/7tv/set/", ""),
    ("/emotes/custom/x/y/z", ""), ("/emotes", ""),
])  # fmt: skip
def test_a_path_counts_as_its_route(path: str, route: str) -> None:
    assert route_of(path) == route
