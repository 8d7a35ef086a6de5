"""What stands in for 7TV, so that the demo has emotes without the internet: one channel, and pictures drawn here."""

from __future__ import annotations

import functools
import io
import re
from typing import Any

from PIL import Image, ImageDraw
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

CHANNEL = "700000001"
SET_ID = "01HXSTRXNDEM0SET0000000001"
SIDE_PX = 32
FRAMES = 8
FRAME_MS = 90
FILE = re.compile(r"([1-4])x(_static)?\.(webp|png)")
ZERO_WIDTH = 256
# By name: the end of the id, whether it moves, and how it is drawn.
EMOTES = {"moonRise": ("1", True), "planeUp": ("2", True), "starEyes": ("3", False), "rainOver": ("4", True)}
IDS = {f"01HXSTRXNDEM0DRAWN0000000{end}": name for name, (end, _) in EMOTES.items()}


def mount() -> Mount:
    """7TV's API below /7tv/v3, its pictures below /7tv/emote."""
    return Mount(
        "/7tv",
        routes=[
            Route("/v3/emote-sets/{set_id}", _set),
            Route("/v3/users/twitch/{channel}", _channel),
            Route("/emote/{emote_id}/{file}", _picture),
        ],
    )


def _set(request: Request) -> Response:
    """The set of everybody is empty: it would be asked for pictures that only 7TV has."""
    if request.path_params["set_id"] == "global":
        return JSONResponse({"id": "01HXSTRXNDEM0G000000000001", "name": "Everybody's", "flags": 0})
    if request.path_params["set_id"] != SET_ID:
        raise HTTPException(404)
    entries = [_entry(emote_id, name) for emote_id, name in IDS.items()]
    return JSONResponse({"id": SET_ID, "name": "Night Flight", "flags": 0, "emotes": entries})


def _channel(request: Request) -> Response:
    if request.path_params["channel"] != CHANNEL:
        raise HTTPException(404)
    return JSONResponse({"id": CHANNEL, "platform": "TWITCH", "emote_set_id": SET_ID, "emote_set": None})


def _entry(emote_id: str, name: str) -> dict[str, Any]:
    files = [{"name": f"{n}x.webp", "width": SIDE_PX * n, "height": SIDE_PX * n, "format": "WEBP"} for n in range(1, 5)]
    data = {
        "id": emote_id, "name": name, "flags": ZERO_WIDTH if name == "rainOver" else 0, "lifecycle": 3, "listed": True,
        "animated": EMOTES[name][1], "owner": {"display_name": "Night Flight"},
        "host": {"url": f"//cdn.7tv.app/emote/{emote_id}", "files": files},
    }  # fmt: skip
    return {"id": emote_id, "name": name, "flags": 0, "data": data}


def _picture(request: Request) -> Response:
    name = IDS.get(request.path_params["emote_id"])
    file = FILE.fullmatch(request.path_params["file"])
    if name is None or file is None:
        raise HTTPException(404)
    moves = EMOTES[name][1] and file[2] is None and file[3] == "webp"
    headers = {"Cache-Control": "public, max-age=604800, immutable"}
    return Response(picture(name, int(file[1]), moves, file[3]), media_type=f"image/{file[3]}", headers=headers)


@functools.cache
def picture(name: str, times: int, moves: bool, form: str) -> bytes:
    """`times` the smallest size, as WebP or PNG."""
    frames = [_frame(name, place / FRAMES, SIDE_PX * times) for place in range(FRAMES if moves else 1)]
    out = io.BytesIO()
    if moves:
        frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=FRAME_MS, loop=0)
    else:
        frames[0].save(out, form)
    return out.getvalue()


def _frame(name: str, phase: float, side_px: int) -> Image.Image:
    """Drawn four times as large, then made small: that smooths the edges."""
    image = Image.new("RGBA", (side_px * 4, side_px * 4))
    pen = ImageDraw.Draw(image)

    def at(*points: float) -> list[float]:
        return [point * side_px * 4 / 32 for point in points]

    if name == "moonRise":
        lift = 6 * abs(2 * phase - 1)
        pen.ellipse(at(3, 2 + lift, 26, 25 + lift), fill="#f7e9b0")
        pen.ellipse(at(11, lift, 31, 20 + lift), fill=(0, 0, 0, 0))
    elif name == "planeUp":
        lift = 4 * abs(2 * phase - 1)
        pen.polygon(at(2, 22 + lift, 30, 4 + lift, 20, 27 + lift, 14, 21 + lift), fill="#6fb7ff")
        pen.polygon(at(14, 21 + lift, 30, 4 + lift, 12, 18 + lift), fill="#2f6db5")
    elif name == "starEyes":
        pen.ellipse(at(1, 1, 31, 31), fill="#ffd34d")
        for left in (4, 17):
            pen.polygon(at(left + 5.5, 7, left + 9, 18, left, 11, left + 11, 11, left + 2, 18), fill="#d6336c")
        pen.chord(at(8, 14, 24, 28), 0, 180, fill="#7a3b00")
    else:
        for drop in range(5):
            top = (drop * 7 + phase * 32) % 32
            pen.line(at(3 + drop * 6.5, top, 1 + drop * 6.5, top + 6), fill="#5aa9e6", width=max(1, side_px // 4))
    return image.resize((side_px, side_px), Image.Resampling.LANCZOS)
