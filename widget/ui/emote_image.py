"""An emote's picture, in a box that is there before it. `widget/browser/pictures.py` fetches it once it is in view."""

from __future__ import annotations

from widget.model import EmoteData
from widget.ui.play import Plays
from widget.ui.view import Node, h

WIDEST = 3  # times as wide as high: what 7TV takes
SIZES = {"7tv": [1, 2, 3, 4], "custom": [1, 2, 4]}
FILE = "1x.webp"


def emote_image(emote: EmoteData, height_px: int, plays: Plays) -> Node:
    """The name is told by what it stands in, which hears of a picture that does not come by `data-failed`."""
    width_px = shown_width_px(emote, height_px)
    moves = emote.animated and plays != "never"
    attrs = {
        "class": "cw-emote",
        "part": "emote",
        "alt": "",
        "width": str(width_px),
        "height": str(height_px),
        "sizes": f"{width_px}px",
        "loading": "lazy",
        "decoding": "async",
        "referrerpolicy": "no-referrer",
        "data-waits": "" if moves and plays == "hover" else None,
        "data-moving": files(emote, "") if moves else None,
        "data-still": files(emote, "_static" if emote.animated else ""),
    }
    return h("img", attrs)


def shown_width_px(emote: EmoteData, height_px: int) -> int:
    return max(1, min(emote.width * height_px // emote.height, WIDEST * height_px))


def files(emote: EmoteData, kind: str) -> str:
    """As a srcset: the browser takes what its screen needs. The addresses are made of what the catalogue made."""
    start = emote.url[: -len(FILE)]
    sizes = emote.sizes if len(emote.sizes) > 0 else SIZES[emote.provider]
    return ", ".join([f"{start}{n}x{kind}.webp {n * emote.width}w" for n in sizes])
