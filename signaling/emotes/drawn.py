"""What is drawn of a picture, and within which bounds. The service knows this much; only a process of its own draws."""

from __future__ import annotations

from dataclasses import dataclass, field

SIZES = (1, 2, 4)


@dataclass(frozen=True)
class Bounds:
    """`pixels` are those of all frames together, `picture_bytes` of one picture that is made."""

    side_px: int
    aspect: int
    frames: int
    pixels: int
    picture_bytes: int


@dataclass(frozen=True)
class Drawn:
    """`files` by name: {1,2,4}x.webp, {1,2,4}x.png and, of what moves, {1,2,4}x_static.webp. Size of 1x in px."""

    width: int
    height: int
    animated: bool
    files: dict[str, bytes] = field(repr=False)
