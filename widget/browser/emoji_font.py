"""Whether the system's font has a picture of an emoji. Whoever shows the others shows boxes."""

from __future__ import annotations

from widget.browser import js
from widget.browser.document import create
from widget.ui.emoji import OLD

FONT = '16px "Twemoji Mozilla","Apple Color Emoji","Segoe UI Emoji","Noto Color Emoji",sans-serif'
SIZE_PX = 24
WIDER = 1.5  # two pictures beside each other
LAST_TAG = "\U000e007f"
NOWHERE = "\U0001faff"  # no letter, so that it is the box


def draws(emoji: str) -> bool:
    """What is made of several must be no wider than its first, and the flag of Wales another than the black one that
    its tags, which show nothing, stand behind; one has colours of its own in black and in white.
    Where no font has pictures, what is drawn at all counts.

    A canvas that tells nothing, or lies to be safe from fingerprinting, has drawn it.
    """
    try:
        canvas = create("canvas")
        canvas.width = canvas.height = SIZE_PX
        pen = canvas.getContext("2d", js.options({"willReadFrequently": True}))
        pen.font = FONT
        if emoji[-1] == LAST_TAG:
            return inked(pen, emoji, "#000") != inked(pen, emoji[0], "#000")
        if len(emoji.replace("\ufe0f", "")) > 1:
            whole: float = pen.measureText(emoji).width
            first: float = pen.measureText(emoji[0]).width
            return whole < first * WIDER
        return coloured(pen, emoji) or (
            inked(pen, emoji, "#000") != inked(pen, NOWHERE, "#000") and not coloured(pen, OLD)
        )
    except Exception:
        return True


def coloured(pen: js.Value, emoji: str) -> bool:
    return bool(inked(pen, emoji, "#000") == inked(pen, emoji, "#fff"))


def inked(pen: js.Value, emoji: str, colour: str) -> str:
    """The pixels, in a colour that only a font without pictures takes."""
    pen.clearRect(0, 0, SIZE_PX, SIZE_PX)
    pen.fillStyle = colour
    pen.fillText(emoji, 0, SIZE_PX * 0.75)
    data: str = pen.getImageData(0, 0, SIZE_PX, SIZE_PX).data.join()
    return data
