"""An emote in a text, with those that lie on it: one box that no line breaks, and the names of what is in it."""

from __future__ import annotations

from widget.model import EmoteData
from widget.ui.emote_image import emote_image
from widget.ui.layers import CARD
from widget.ui.play import Plays
from widget.ui.view import Attributes, Handler, Node, h, listen


def emote_stack(
    typed: str, emotes: list[EmoteData], height_px: int, plays: Plays, given: Attributes, about: Handler
) -> Node:
    """`typed` is what stands in the text: it is copied, found, and seen where a picture does not come."""
    pictures = [emote_image(emote, height_px, plays) for emote in emotes]
    attrs = {
        "class": "cw-stack",
        "role": "img",
        "aria-label": ", ".join([emote.name for emote in emotes]),
        "aria-describedby": CARD,
        **given,
    }
    words = h("span", {"class": "cw-typed"}, [typed])
    return h("span", attrs, [*pictures, words], listen("pointerenter pointerleave focus blur keydown", about))
