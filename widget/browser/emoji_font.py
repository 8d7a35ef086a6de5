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


class EmojiFont:
    """Where it has no pictures, it is asked for each of two thousand emoji at once."""

    def __init__(self) -> None:
        self._pen: js.Value = None
        self._box: str = ""  # what no font has, where none has pictures

    def draws(self, emoji: str) -> bool:
        """What is made of several must be no wider than its first, and the flag of Wales another than the black one
        that its tags, which show nothing, stand behind; one has colours of its own in black and in white.
        Where no font has pictures, what is drawn at all counts.

        A canvas that tells nothing, or lies to be safe from fingerprinting, has drawn it.
        """
        try:
            if self._pen is None:
                self._begin()
            if emoji[-1] == LAST_TAG:
                return self._inked(emoji, "#000") != self._inked(emoji[0], "#000")
            if len(emoji.replace("\ufe0f", "")) > 1:
                whole: float = self._pen.measureText(emoji).width
                first: float = self._pen.measureText(emoji[0]).width
                return whole < first * WIDER
            return self._is_coloured(emoji) if self._box == "" else self._inked(emoji, "#000") != self._box
        except Exception:
            return True

    def _begin(self) -> None:
        canvas = create("canvas")
        canvas.width = canvas.height = SIZE_PX
        self._pen = canvas.getContext("2d", js.options({"willReadFrequently": True}))
        self._pen.font = FONT
        if not self._is_coloured(OLD):
            self._box = self._inked(NOWHERE, "#000")

    def _is_coloured(self, emoji: str) -> bool:
        return self._inked(emoji, "#000") == self._inked(emoji, "#fff")

    def _inked(self, emoji: str, colour: str) -> str:
        """The pixels, in a colour that only a font without pictures takes."""
        pen = self._pen
        pen.clearRect(0, 0, SIZE_PX, SIZE_PX)
        pen.fillStyle = colour
        pen.fillText(emoji, 0, SIZE_PX * 0.75)
        data: str = pen.getImageData(0, 0, SIZE_PX, SIZE_PX).data.join()
        return data
