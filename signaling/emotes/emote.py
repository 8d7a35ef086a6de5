"""An emote as pages are told of it: as little as they can draw it from, since a set has a thousand."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SIDE_PX = 32
SEVEN_TV_SIZES = (1, 2, 3, 4)
SEVEN_TV_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


@dataclass(frozen=True)
class Emote:
    """`width` and `height` are CSS px of the 1x picture; `sizes` the multiples of it that there are."""

    id: str
    name: str
    width: int = SIDE_PX
    height: int = SIDE_PX
    animated: bool = False
    zero_width: bool = False
    author: str = ""
    sizes: tuple[int, ...] = SEVEN_TV_SIZES

    def record(self) -> dict[str, Any]:
        """As JSON; what is usual is left out."""
        whole = {
            "id": self.id, "name": self.name, "width": self.width, "height": self.height, "animated": self.animated,
            "zeroWidth": self.zero_width, "author": self.author, "sizes": list(self.sizes),
        }  # fmt: skip
        return {key: value for key, value in whole.items() if key not in USUAL or USUAL[key] != value}


USUAL = {
    "width": SIDE_PX, "height": SIDE_PX, "animated": False, "zeroWidth": False, "author": "",
    "sizes": list(SEVEN_TV_SIZES),
}  # fmt: skip


def written(set_id: str, emotes: Sequence[Emote]) -> str:
    """The answer's body."""
    whole = {"set": set_id, "emotes": [emote.record() for emote in emotes]}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
